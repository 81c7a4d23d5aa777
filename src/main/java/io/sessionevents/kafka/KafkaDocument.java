package io.sessionevents.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

                A guarantee depends on these, so every spelling is refused, or accepts some values only. Every other key is yours.

                | key | accepted | because |
                |---|---|---|
                """);
        Map<String, List<KafkaRule>> byReason = KafkaRules.ALL.stream()
                .collect(groupingBy(rule -> accepted(rule) + " | " + rule.reason(), LinkedHashMap::new, toList()));
        byReason.forEach((reason, rules) -> text.append("| ")
                .append(keys(rules))
                .append(" | ")
                .append(reason)
                .append(" |\n"));
        return text.toString();
    }

    private static String accepted(KafkaRule rule) {
        return rule.expected().isEmpty() ? "nothing" : rule.expected();
    }

    private static String keys(List<KafkaRule> rules) {
        return rules.stream()
                .map(rule -> "`kafka." + (rule.anyClient() ? "" : "CLIENT.") + rule.key() + "`")
                .collect(joining(", "));
    }
}
