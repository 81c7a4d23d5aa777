package io.sessionevents.config;

/** Renders docs/configuration.md from the definitions. */
public final class ConfigurationDocument {
    private ConfigurationDocument() {}

    /** The whole document. */
    public static String render() {
        var text = new StringBuilder("""
                # Configuration

                <!-- Generated from the definitions; a test fails when it is stale and says how to renew it. -->

                A properties file (`--config FILE`). Every key can be overridden by an environment variable
                (`SESSION_EVENTS_` and the key in upper case, dots as underscores; `KAFKA_…` for `kafka.…`) and by
                `-X key=value`. Precedence: defaults, file, environment, flags. Unknown keys are errors. Durations are written
                `200 ms`, `5 s`, `10 min`, `24 h`, `7 d`, or in ISO 8601.

                | key | default | expected | |
                |---|---|---|---|
                """);
        for (Setting<?> setting : Settings.ALL) {
            String fallback = setting.required()
                    ? "*required*"
                    : setting.fallback() == null ? "" : "`" + setting.fallback() + "`";
            text.append(
                    "| `%s` | %s | %s | %s |\n".formatted(setting.name(), fallback, setting.expected(), setting.doc()));
        }
        return text.append("""

                        ## Passed through

                        * `kafka.*` goes to Kafka Streams and its clients without the prefix, for example
                          `kafka.security.protocol=SASL_SSL`, `kafka.num.stream.threads=2`, `kafka.group.instance.id=…`,
                          `kafka.state.dir=/var/lib/session-events`. In the environment, what Kubernetes injects for a Service of
                          the name kafka is left alone: `KAFKA_PORT`, `KAFKA_SERVICE_*`, `KAFKA_*_TCP*`.
                        * Every key of Confluent's schema-registry client goes to it as it is: `schema.registry.*`
                          (`schema.registry.ssl.truststore.location`, …), `basic.auth.*`, `bearer.auth.*`,
                          `auto.register.schemas`, `use.latest.version`, `normalize.schemas`, `proxy.host`, `proxy.port`.

                        Values of keys that name a password, secret, token, credential or user info are shown as `***`.
                        """).toString();
    }
}
