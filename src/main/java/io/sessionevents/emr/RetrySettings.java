package io.sessionevents.emr;

import java.time.Duration;

/**
 * How often and after what pauses a lookup is tried again.
 *
 * @param maxAttempts HTTP attempts of one lookup, the first included
 * @param backoff upper end of the first pause; doubled for every further one
 * @param backoffMax upper end of every pause, also of one that AWS asks for
 */
public record RetrySettings(int maxAttempts, Duration backoff, Duration backoffMax) {

    /** @throws IllegalArgumentException if a value is out of range; the message says which and what was expected */
    public RetrySettings {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + ", expected 1 or more");
        }
        if (backoff.isNegative()) {
            throw new IllegalArgumentException("backoff: " + backoff + ", expected 0 or more");
        }
        if (backoffMax.compareTo(backoff) < 0) {
            throw new IllegalArgumentException(
                    "backoffMax: " + backoffMax + ", expected no less than backoff, " + backoff);
        }
    }
}
