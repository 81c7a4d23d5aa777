package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every event speaks of a state of its session that <em>began</em> within the window that the event names, after
 * {@code previousObservedAt} and not after {@code observedAt}; and so did every state that it says was missed. A first event
 * names no beginning of the window; the state only has to have begun.
 *
 * <p>Where an answer within the window was a stale read, AWS itself said that the change was still to come, and in terms that no
 * client can tell from the truth. Such a window may begin too late.
 */
public record NothingInvented() implements Guarantee {
    /** AWS tells by {@code startedAt} that a session has run, and not in which of these states. */
    private static final Set<String> RUNNING = Set.of("STARTED", "IDLE", "BUSY");

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        List<String> violations = new ArrayList<>();
        Matches.of(truth, events).values().forEach(session -> {
            for (Matches.Match match : session) {
                String problem =
                        problem(truth, match, before(session, match.event().sequence()));
                if (problem != null) {
                    violations.add("invented: " + problem + ": " + match.event());
                }
            }
        });
        return violations;
    }

    /** Index of the state that the event with the sequence before spoke of; negative if there is none. */
    private static int before(List<Matches.Match> session, long sequence) {
        return session.stream()
                .filter(match -> match.event().sequence() == sequence - 1)
                .mapToInt(Matches.Match::phase)
                .findFirst()
                .orElse(-1);
    }

    /** @param before index of the state that the event before spoke of; negative if it is not known */
    private static @Nullable String problem(Truth truth, Matches.Match match, int before) {
        ObservedChange event = match.event();
        Instant windowBegin = event.previousObservedAt();
        if (!match.known()) {
            return "no such state";
        }
        if (match.from().isAfter(event.observedAt())) {
            return "it began at " + match.from() + ", after the end of its window";
        }
        if (windowBegin != null
                && !match.from().isAfter(windowBegin)
                && !toldOtherwise(truth, event, match.phase(), windowBegin)) {
            return "it began at " + match.from() + ", not after the beginning of its window";
        }
        return event.missedStates().isEmpty() || missed(truth, match, before)
                ? null
                : "states missed that never were there";
    }

    /** Whether a stale answer within the window said that the phase was still to come. */
    private static boolean toldOtherwise(Truth truth, ObservedChange event, int phase, Instant windowBegin) {
        return truth.requests().stream()
                .anyMatch(look -> look.fault() == Fault.STALE
                        && look.key().equals(event.key())
                        && look.phase() < phase
                        && !look.at().isBefore(windowBegin)
                        && !look.at().isAfter(event.observedAt()));
    }

    /** Whether the states that the event says were missed came one after the other within the window, before its own state. */
    private static boolean missed(Truth truth, Matches.Match match, int before) {
        Instant windowBegin = match.event().previousObservedAt();
        if (windowBegin == null) {
            return false;
        }
        List<Phase> between = IntStream.range(Math.min(before + 1, match.phase()), match.phase())
                .filter(phase -> match.life().get(phase).from().isAfter(windowBegin)
                        || toldOtherwise(truth, match.event(), phase, windowBegin))
                .mapToObj(match.life()::get)
                .toList();
        int next = 0;
        for (String missed : match.event().missedStates()) {
            while (next < between.size() && !isMeant(missed, between.get(next).state())) {
                next++;
            }
            if (next >= between.size()) {
                return false;
            }
            // What shows that it has started, in a life without STARTED, may be missed itself.
            next += missed.equals(between.get(next).state()) ? 1 : 0;
        }
        return true;
    }

    private static boolean isMeant(String missed, String state) {
        return Objects.equals(missed, state) || (missed.equals("STARTED") && RUNNING.contains(state));
    }
}
