package io.sessionevents.history;

import io.sessionevents.session.Topics;
import java.util.List;
import java.util.stream.Stream;

/**
 * The topics that tell of sessions.
 *
 * @param required that must exist
 * @param optional that tell nothing where they do not exist
 */
public record HistoryTopics(List<String> required, List<String> optional) {
    public HistoryTopics {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /** Those of the service; without alerts it need not be able to read their topic. */
    public static HistoryTopics of(Topics topics) {
        return new HistoryTopics(
                List.of(topics.output(), topics.usage()), topics.alerting() ? List.of(topics.alerts()) : List.of());
    }

    List<String> all() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }

    /** Such as: session-state-changed and session-usage. */
    @Override
    public String toString() {
        return String.join(" and ", all());
    }
}
