package io.sessionevents.settings;

import static java.util.stream.Collectors.joining;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.emr.SourceKeys;
import io.sessionevents.kafka.KafkaDocument;
import java.util.List;
import java.util.Locale;

/** Renders docs/configuration.md from the definitions. */
public final class ConfigurationDocument {
    private ConfigurationDocument() {}

    /** The whole document. */
    public static String render() {
        var text = new StringBuilder(KEYS);
        Configuration.KEYS.settings().forEach(setting -> text.append(row(setting)));
        return text.append(sources())
                .append(PASSED_THROUGH)
                .append(KafkaDocument.render())
                .append(SHOWN)
                .toString();
    }

    private static String sources() {
        return """

                ## Sources

                `aws.*` configures the source `default`. `sources=prod-eu,prod-us` adds others; each has keys that begin with `source.NAME.`,
                such as `source.prod-eu.region=eu-west-1`, in the environment `SESSION_EVENTS_SOURCE_PROD_EU_REGION`:

                * as under `aws.`, but the default of `profile` is `aws.profile`: %s
                * instead of the general key, which is the default: %s
                """.formatted(names(SourceKeys.OTHERS), names(SourceKeys.OVERRIDING));
    }

    private static String names(List<Setting<?>> settings) {
        return settings.stream()
                .map(setting -> "`" + setting.name() + "`" + (setting.required() ? " (required)" : ""))
                .collect(joining(", "));
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.fallback() == null ? "" : "`" + setting.fallback() + "`";
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s |\n",
                setting.name(),
                setting.required() ? "*required*" : fallback,
                setting.expected().equals(Parsers.DURATION_TEXT) ? "duration" : setting.expected(),
                setting.doc());
    }

    private static final String KEYS = """
            # Configuration

            <!-- Generated from the definitions (settings.Configuration); a test fails when it is stale and says how to renew it. -->

            A properties file in UTF-8 (`--config FILE`). An environment variable (`SESSION_EVENTS_` and the key in upper case, dots
            as underscores; `KAFKA_…` for `kafka.…`) takes precedence over the file, `-X key=value` over both. Unknown keys are errors.
            A *duration* is `200 ms`, `5 s`, `10 min`, `24 h`, `7 d` or ISO 8601, from 1 ms to 3650 d.

            | key | default | expected | |
            |---|---|---|---|
            """;

    private static final String PASSED_THROUGH = """

            ## Passed through

            * `kafka.*` goes to Kafka Streams and its clients without the prefix, such as `kafka.security.protocol=SASL_SSL`.
              Your values take precedence over the defaults below in every spelling of Kafka Streams: plain, or for one client after
              `consumer.`, `main.consumer.`, `restore.consumer.`, `producer.` or `admin.` (`kafka.main.consumer.session.timeout.ms`);
              the most specific wins. Undocumented keys are passed on with a warning.
            * Every key of Confluent's schema-registry client goes to it unchanged: `schema.registry.*`
              (`schema.registry.ssl.truststore.location`, …), `basic.auth.*`, `bearer.auth.*`,
              `auto.register.schemas`, `use.latest.version`, `normalize.schemas`, `proxy.host`, `proxy.port`.
            * Variables that Kubernetes injects for a Service of any name are ignored: `…_SERVICE_HOST`, `…_SERVICE_PORT`,
              `…_SERVICE_PORT_NAME`, `…_PORT_8080_TCP` with `_ADDR`, `_PORT` and `_PROTO`, and `…_PORT` with a value such as
              `tcp://10.0.0.1:8080`. So are those of Kafka's scripts (`KAFKA_OPTS`, `KAFKA_HEAP_OPTS`, `KAFKA_JMX_…`,
              `KAFKA_LOG4J_…`, `KAFKA_HOME`).
            """;

    private static final String SHOWN = """

            ## What is shown

            Values of keys that name a password, secret, token, key, header, credential or user info are shown as `***`, and so are
            those of undocumented `kafka.*` keys. In URLs of other values, user info (up to the last `@`) and query are.
            """;
}
