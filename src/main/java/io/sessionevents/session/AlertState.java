package io.sessionevents.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the alerts of one session; immutable.
 *
 * @param crossings the last one of each kind that ever had one
 * @param identity of the session when an alert was raised or judged last; null if nothing is raised
 */
public record AlertState(
        Map<AlertKind, Crossing> crossings, @Nullable SessionIdentity identity) {
    /** There never was an alert. */
    public static final AlertState NONE = new AlertState(Map.of(), null);

    public AlertState {
        crossings = Map.copyOf(crossings);
    }

    /**
     * One crossing of a threshold. Times are cut to milliseconds, so that what is kept and what is stored compare equal.
     *
     * @param number within session and kind, from 1
     * @param raisedAt when it was told; null if it is over
     * @param beganAt since when it was measured; null if the kind measures no time, or it is over
     * @param threshold under which it was raised, in the unit of the kind
     */
    public record Crossing(
            int number,
            @Nullable Instant raisedAt,
            @Nullable Instant beganAt,
            double threshold) {
        public Crossing {
            raisedAt = raisedAt == null ? null : raisedAt.truncatedTo(ChronoUnit.MILLIS);
            beganAt = beganAt == null ? null : beganAt.truncatedTo(ChronoUnit.MILLIS);
        }

        Crossing over() {
            return new Crossing(number, null, null, threshold);
        }
    }

    /** The kinds that are raised. */
    public Set<AlertKind> raised() {
        // Of almost every session there are none, and a million are asked in a row.
        if (crossings.isEmpty()) {
            return Set.of();
        }
        return crossings.entrySet().stream()
                .filter(entry -> entry.getValue().raisedAt() != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The last crossing of that kind; null if there never was one. */
    @Nullable
    Crossing last(AlertKind kind) {
        return crossings.get(kind);
    }

    /** @param who the session, which is kept while anything is raised */
    AlertState with(AlertKind kind, Crossing next, SessionIdentity who) {
        Map<AlertKind, Crossing> all = new EnumMap<>(AlertKind.class);
        all.putAll(crossings);
        all.put(kind, next);
        boolean raised = all.values().stream().anyMatch(crossing -> crossing.raisedAt() != null);
        return new AlertState(all, raised ? who : null);
    }
}
