package io.sessionevents.history;

import io.sessionevents.session.Topics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics that tell of sessions.
 *
 * @param required that must exist
 * @param optional that tell nothing where they do not exist, or may not be read
 */
public record HistoryTopics(List<String> required, List<String> optional) {
    public HistoryTopics {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /** Those of the service. Where alerts are off their topic may be missing, and may hold what was told before. */
    public static HistoryTopics of(Topics topics) {
        return topics.alerting()
                ? new HistoryTopics(List.of(topics.output(), topics.usage(), topics.alerts()), List.of())
                : new HistoryTopics(List.of(topics.output(), topics.usage()), List.of(topics.alerts()));
    }

    List<String> all() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }

    /** Such as: session-state-changed, session-usage and session-alerts. */
    @Override
    public String toString() {
        List<String> all = all();
        String last = all.getLast();
        return all.size() == 1
                ? last
                : all.stream().limit(all.size() - 1).collect(Collectors.joining(", ")) + " and " + last;
    }
}
