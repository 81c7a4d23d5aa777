package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Truth;
import java.time.Instant;
import java.util.List;

/** Every event speaks of a state that the session really was in within the window that the event names. */
public record NothingInvented() implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return Matches.of(truth, events).values().stream()
                .flatMap(List::stream)
                .filter(NothingInvented::invented)
                .map(match -> "invented: " + match.event())
                .toList();
    }

    private static boolean invented(Matches.Match match) {
        Instant windowBegin = match.event().previousObservedAt();
        return !match.known() || (windowBegin != null && match.endedBefore(windowBegin));
    }
}
