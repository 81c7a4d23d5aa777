package io.sessionevents.local.judge;

import io.sessionevents.local.simulator.BilledHours;
import io.sessionevents.local.simulator.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When alerts must be told.
 *
 * @param idleAfter time in IDLE
 * @param startingAfter time from the creation, as long as the session does not run
 * @param age from the creation
 * @param billedVCpuHours of a session whose billed hours {@linkplain BilledHours wobble}
 */
public record AlertPlan(Duration idleAfter, Duration startingAfter, Duration age, double billedVCpuHours) {
    private static final Duration NEVER = Duration.ofDays(1000);

    /** Nobody alerts. */
    public static final AlertPlan NONE = ofTimes(NEVER, NEVER);

    /** Kinds of alerts, as consumers see them. */
    public static final List<String> KINDS = List.of("IDLE", "STARTING", "CAP", "BILLED_VCPU_HOURS");

    private static final double MILLIS = 1000;

    /** Of these kinds alone, and so of any session. */
    public static AlertPlan ofTimes(Duration idleAfter, Duration startingAfter) {
        return new AlertPlan(idleAfter, startingAfter, NEVER, Double.MAX_VALUE);
    }

    /** What is to be reached, in the unit of that kind. */
    double threshold(String kind) {
        return switch (kind) {
            case "IDLE" -> seconds(idleAfter);
            case "STARTING" -> seconds(startingAfter);
            case "CAP" -> seconds(age);
            case "BILLED_VCPU_HOURS" -> billedVCpuHours;
            default -> throw new IllegalArgumentException("kind: " + kind + ", expected one of " + KINDS);
        };
    }

    /**
     * Since when that kind is measured in that phase.
     *
     * @param life up to that phase
     * @return null if the session is not in a state that the kind is about; the creation for billed hours
     */
    static @Nullable Instant began(String kind, List<Phase> life) {
        Phase last = life.getLast();
        Instant created = life.getFirst().from();
        return switch (kind) {
            case "IDLE" -> last.state().equals("IDLE") ? last.from() : null;
            case "STARTING" -> last.state().equals("SUBMITTED") || last.state().equals("STARTING") ? created : null;
            default -> last.terminal() ? null : created;
        };
    }

    /** What an answer of that moment shows, in the unit of that kind, where it is measured since then. */
    static double measured(String kind, Instant began, List<Phase> life, Instant at) {
        return kind.equals("BILLED_VCPU_HOURS") ? BilledHours.wobbling(life, at) : seconds(Duration.between(began, at));
    }

    private static double seconds(Duration time) {
        return time.toSeconds() + time.toMillisPart() / MILLIS;
    }
}
