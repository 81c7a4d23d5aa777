package io.sessionevents.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The virtual CPU hours that are billed while a session lives. */
public final class BilledHours {
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double VIRTUAL_CPUS = 4;
    private static final double BILLED = 1.25;

    private BilledHours() {}

    /** Of a session that has run so long. */
    static double of(Duration ran) {
        return ran.toMillis() / MILLIS_PER_HOUR * VIRTUAL_CPUS * BILLED;
    }

    /**
     * Those that shrink, and grow again: nothing is billed while the session is IDLE.
     *
     * @param life up to the phase that an answer of that moment shows
     */
    public static double wobbling(List<Phase> life, Instant at) {
        Phase last = life.getLast();
        Instant end = last.terminal() ? last.from() : at;
        return last.state().equals("IDLE")
                ? 0
                : life.stream()
                        .filter(Phase::running)
                        .findFirst()
                        .map(started -> of(Duration.between(started.from(), end)))
                        .orElse(0.0);
    }
}
