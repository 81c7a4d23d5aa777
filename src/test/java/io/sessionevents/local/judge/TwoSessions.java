package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two sessions, one of which lives and ends while the other stays idle; the looks at them, and what is right to tell. */
final class TwoSessions {
    static final SessionKey KEY = new SessionKey("app", "s1");
    static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    static final List<Phase> LIFE = List.of(
            new Phase("SUBMITTED", T0),
            new Phase("IDLE", T0.plusSeconds(60)),
            new Phase("BUSY", T0.plusSeconds(120)),
            new Phase("IDLE", T0.plusSeconds(121)),
            new Phase("TERMINATED", T0.plusSeconds(180)));
    static final SessionKey OTHER = new SessionKey("app", "s2");
    static final Map<SessionKey, List<Phase>> LIVES = Map.of(KEY, LIFE, OTHER, List.of(new Phase("IDLE", T0)));
    static final Map<SessionKey, Instant> PUBLISHED = Map.of(KEY, T0, OTHER, T0);

    /** Both are looked at every five seconds; nobody sees the busy second. */
    static final Truth TRUTH =
            new Truth(LIVES, Set.of(), looks(IntStream.range(0, 60).map(i -> 3 + 5 * i)));

    static final List<ObservedChange> RIGHT = List.of(
            event(1, null, "SUBMITTED", 3, null),
            event(2, "SUBMITTED", "IDLE", 63, 58),
            event(3, "IDLE", "IDLE", 123, 118),
            event(4, "IDLE", "TERMINATED", 183, 178),
            change(OTHER, 1, null, "IDLE", List.of(), T0, 3, null));
    static final EveryChangeReported EVERY_CHANGE = new EveryChangeReported(PUBLISHED);

    private TwoSessions() {}

    static ObservedChange event(long sequence, @Nullable String before, String state, int at, @Nullable Integer since) {
        return event(sequence, before, state, updatedAt(state, T0.plusSeconds(at)), at, since);
    }

    static ObservedChange event(
            long sequence, @Nullable String before, String state, Instant updatedAt, int at, @Nullable Integer since) {
        return change(KEY, sequence, before, state, List.of(), updatedAt, at, since);
    }

    static ObservedChange change(
            SessionKey key,
            long sequence,
            @Nullable String before,
            String state,
            List<String> missed,
            Instant updatedAt,
            int at,
            @Nullable Integer since) {
        return new ObservedChange(
                "event-" + key.sessionId() + sequence + state,
                key,
                sequence,
                before,
                state,
                state,
                Set.of("FAILED", "TERMINATED").contains(state),
                missed,
                updatedAt,
                T0.plusSeconds(at),
                since == null ? null : T0.plusSeconds(since),
                "PUBLISHED");
    }

    /** Looks at both sessions at those seconds, each answered after a moment. */
    static List<Truth.Request> looks(IntStream seconds) {
        return looks(LIVES, seconds);
    }

    static List<Truth.Request> looks(Map<SessionKey, List<Phase>> lives, IntStream seconds) {
        List<Truth.Request> looks = new ArrayList<>();
        seconds.mapToObj(T0::plusSeconds).forEach(at -> {
            for (SessionKey key : List.of(KEY, OTHER)) {
                List<Phase> life = lives.getOrDefault(key, List.of());
                int phase = (int) life.stream()
                                .filter(one -> !one.from().isAfter(at))
                                .count()
                        - 1;
                boolean ended = phase > 0
                        && life.get(phase).terminal()
                        && life.get(phase).from().isBefore(at.minusSeconds(5));
                if (!ended) {
                    looks.add(new Truth.Request(at, key, 200, Fault.NONE, phase, at.plusMillis(50)));
                }
            }
        });
        return looks;
    }

    /** Each with the consumer when it was observed. */
    static Map<String, Instant> arrivals(List<ObservedChange> events) {
        return events.stream().collect(Collectors.toMap(ObservedChange::eventId, ObservedChange::observedAt));
    }

    /** When the state that is true at that time began, if it is of that name; else that time. */
    static Instant updatedAt(String state, Instant at) {
        return LIFE.reversed().stream()
                .filter(phase -> phase.state().equals(state) && !phase.from().isAfter(at))
                .map(Phase::from)
                .findFirst()
                .orElse(at);
    }
}
