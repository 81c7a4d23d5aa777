package io.sessionevents.local.judge;

import java.time.Duration;
import java.util.List;

/**
 * When a service was asked to look at sessions that have ended, and what is allowed.
 *
 * @param looks after the end, ascending
 * @param settleAfter how long numbers must have stood to be settled
 * @param allowance how much later than planned a record may come
 */
public record UsagePlan(List<Duration> looks, Duration settleAfter, Duration allowance) {
    /** Of a service that was told nothing. */
    public static final UsagePlan USUAL =
            new UsagePlan(List.of(Duration.ofHours(24)), Duration.ofMinutes(30), Duration.ofMinutes(10));

    public UsagePlan {
        looks = List.copyOf(looks);
    }

    Duration last() {
        return looks.getLast();
    }
}
