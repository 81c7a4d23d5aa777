package io.sessionevents.settings;

import io.sessionevents.config.Setting;
import io.sessionevents.emr.SourceKeys;
import io.sessionevents.kafka.KafkaDocument;
import java.util.Locale;

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
                `-X key=value`. Flags take precedence over the environment, that over the file. Unknown keys are errors.
                Durations: `200 ms`, `5 s`, `10 min`, `24 h`, `7 d`, or ISO 8601.

                | key | default | expected | |
                |---|---|---|---|
                """);
        Configuration.KEYS.settings().forEach(setting -> text.append(row(setting, fallback(setting))));
        text.append(SOURCES);
        SourceKeys.OTHERS.forEach(setting -> text.append(row(ofNamed(setting), fallback(setting))));
        SourceKeys.OVERRIDING.forEach(setting -> text.append(row(ofNamed(setting), "`" + setting.name() + "`")));
        return text.append(PASSED_THROUGH)
                .append(KafkaDocument.render())
                .append("""

                        ## What is shown

                        Values of keys that name a password, secret, token, key, header, credential or user info are shown as `***`, and so are
                        those of undocumented `kafka.*` keys. In URLs of other values, user info (up to the last `@`) and query are.
                        """)
                .toString();
    }

    private static Setting<?> ofNamed(Setting<?> setting) {
        return setting.under(SourceKeys.FAMILY.prefix("NAME"));
    }

    private static String fallback(Setting<?> setting) {
        return setting.required() ? "*required*" : setting.fallback() == null ? "" : "`" + setting.fallback() + "`";
    }

    private static String row(Setting<?> setting, String fallback) {
        return String.format(
                Locale.ROOT, "| `%s` | %s | %s | %s |\n", setting.name(), fallback, setting.expected(), setting.doc());
    }

    private static final String SOURCES = """

            ## Sources

            `aws.*` configures the source `default`. `sources=prod-eu,prod-us` adds others, and each key below has the name of one in the place of `NAME`,
            for example `source.prod-eu.region=eu-west-1`, or in the environment, where hyphens are underscores too, `SESSION_EVENTS_SOURCE_PROD_EU_REGION`.
            A source has a budget of its own, which is the general one unless it says another.

            | key | default | expected | |
            |---|---|---|---|
            """;

    private static final String PASSED_THROUGH = """

            ## Passed through

            * `kafka.*` goes to Kafka Streams and its clients without the prefix, for example
              `kafka.security.protocol=SASL_SSL`, `kafka.num.stream.threads=2`, `kafka.group.instance.id=…`,
              `kafka.state.dir=/var/lib/session-events`. Your values take precedence over the defaults below in every spelling that
              Kafka Streams knows: plain, or for one client with `consumer.`, `main.consumer.`, `restore.consumer.`, `producer.` or
              `admin.` before it (`kafka.main.consumer.session.timeout.ms`); the most specific wins. Undocumented keys are passed on
              with a warning.
            * Every key of Confluent's schema-registry client goes to it unchanged: `schema.registry.*`
              (`schema.registry.ssl.truststore.location`, …), `basic.auth.*`, `bearer.auth.*`,
              `auto.register.schemas`, `use.latest.version`, `normalize.schemas`, `proxy.host`, `proxy.port`.
            * Variables that Kubernetes injects for a Service are ignored, whatever the Service is called:
              `…_SERVICE_HOST`, `…_SERVICE_PORT`, `…_SERVICE_PORT_NAME`, `…_PORT_8080_TCP` with `_ADDR`, `_PORT` and `_PROTO`, and `…_PORT` with a value
              such as `tcp://10.0.0.1:8080`. So are those of Kafka's scripts (`KAFKA_OPTS`, `KAFKA_HEAP_OPTS`, `KAFKA_JMX_…`, `KAFKA_LOG4J_…`, `KAFKA_HOME`).
            * The file is UTF-8. A byte-order mark, other encodings, bad escapes and repeated keys are reported with their line.
            """;
}
