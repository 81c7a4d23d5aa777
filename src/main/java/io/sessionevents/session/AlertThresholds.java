package io.sessionevents.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When alerts are raised; a kind without a threshold is off.
 *
 * @param idleAfter how long a session may be IDLE; null: off
 * @param startingAfter how long after its creation it may not run yet; null: off
 * @param capBefore how long before the age at which AWS ends it; null: off
 * @param billedVCpuHours how many it may be billed; null: off
 */
public record AlertThresholds(
        @Nullable Duration idleAfter,
        @Nullable Duration startingAfter,
        @Nullable Duration capBefore,
        @Nullable Double billedVCpuHours) {
    /** Every kind is off. */
    public static final AlertThresholds NONE = new AlertThresholds(null, null, null, null);

    private static final double MILLIS = 1000;

    /** @throws IllegalArgumentException if a value is out of range; the message says which and what was expected */
    public AlertThresholds {
        if (capBefore != null && capBefore.compareTo(LookupSchedule.LONGEST_SESSION) >= 0) {
            throw new IllegalArgumentException("capBefore: " + capBefore + ", expected less than "
                    + LookupSchedule.LONGEST_SESSION.toHours() + " h, at which AWS ends every session");
        }
    }

    /** Whether any kind is on. */
    public boolean any() {
        return !equals(NONE);
    }

    /** What is to be reached, in the unit of the kind; null if it is off. */
    @Nullable
    Double of(AlertKind kind) {
        return switch (kind) {
            case IDLE -> seconds(idleAfter);
            case STARTING -> seconds(startingAfter);
            case CAP -> capBefore == null ? null : seconds(LookupSchedule.LONGEST_SESSION.minus(capBefore));
            case BILLED_VCPU_HOURS -> billedVCpuHours;
        };
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : toSeconds(time);
    }

    /** To the millisecond. */
    static double toSeconds(Duration time) {
        return time.toSeconds() + time.toMillisPart() / MILLIS;
    }
}
