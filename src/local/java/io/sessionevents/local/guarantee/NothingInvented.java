package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Phase;
import io.sessionevents.local.emr.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every event speaks of a state of its session that <em>began</em> within the window that the event names, after
 * {@code previousObservedAt} and not after {@code observedAt}; and so did every state that it says was missed. A first event
 * names no beginning of the window; the state only has to have begun.
 */
public record NothingInvented() implements Guarantee {
    /** AWS tells by {@code startedAt} that a session has run, and not in which of these states. */
    private static final Set<String> RUNNING = Set.of("STARTED", "IDLE", "BUSY");

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        List<String> violations = new ArrayList<>();
        Matches.of(truth, events).values().forEach(session -> {
            for (int i = 0; i < session.size(); i++) {
                String problem =
                        problem(session.get(i), i == 0 ? -1 : session.get(i - 1).phase());
                if (problem != null) {
                    violations.add(
                            "invented: " + problem + ": " + session.get(i).event());
                }
            }
        });
        return violations;
    }

    /** @param before index of the state that the event before spoke of; negative if it is not known */
    private static @Nullable String problem(Matches.Match match, int before) {
        ObservedChange event = match.event();
        Instant windowBegin = event.previousObservedAt();
        if (!match.known()) {
            return "no such state by then";
        }
        if (windowBegin != null && !match.from().isAfter(windowBegin)) {
            return "it began at " + match.from() + ", not after the beginning of its window";
        }
        return event.missedStates().isEmpty() || missed(match, before) ? null : "states missed that never were there";
    }

    /** Whether the states that the event says were missed came one after the other within the window, before its own state. */
    private static boolean missed(Matches.Match match, int before) {
        Instant windowBegin = match.event().previousObservedAt();
        if (windowBegin == null || before < 0) {
            return false;
        }
        List<Phase> between = match.life().subList(Math.min(before + 1, match.phase()), match.phase()).stream()
                .filter(phase -> phase.from().isAfter(windowBegin))
                .toList();
        int next = 0;
        for (String missed : match.event().missedStates()) {
            while (next < between.size() && !isMeant(missed, between.get(next).state())) {
                next++;
            }
            if (next++ >= between.size()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMeant(String missed, String state) {
        return Objects.equals(missed, state) || (missed.equals("STARTED") && RUNNING.contains(state));
    }
}
