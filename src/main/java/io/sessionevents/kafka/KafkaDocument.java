package io.sessionevents.kafka;

import java.util.Locale;

/** What the documentation of the configuration tells of Kafka's keys. */
public final class KafkaDocument {
    private KafkaDocument() {}

    /** Our defaults, and what is refused. */
    public static String render() {
        return defaults() + rules();
    }

    private static String defaults() {
        var text = new StringBuilder("""

                ## Defaults of ours for Kafka's keys

                | key | default | because |
                |---|---|---|
                """);
        KafkaDefaults.ALL.forEach(ours -> text.append(
                String.format(Locale.ROOT, "| `kafka.%s` | `%s` | %s |\n", ours.key(), ours.value(), ours.doc())));
        return text.toString();
    }

    private static String rules() {
        var text = new StringBuilder("""

                ## Refused

                A guarantee depends on these, so they are refused in every spelling, or accept some values only. Every other key is yours.

                | key | accepted | because |
                |---|---|---|
                """);
        KafkaRules.ALL.forEach(rule -> text.append(String.format(
                Locale.ROOT,
                "| `kafka.%s%s` | %s | %s |\n",
                rule.anyClient() ? "" : "CLIENT.",
                rule.key(),
                rule.expected().isEmpty() ? "nothing" : rule.expected(),
                rule.reason())));
        return text.toString();
    }
}
