package io.sessionevents.emr;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.time.Duration;
import java.util.List;

/**
 * How often and after what pauses a lookup is tried again.
 *
 * @param maxAttempts HTTP attempts of one lookup, the first included
 * @param backoff upper end of the first pause; doubled for every further one
 * @param backoffMax upper end of every pause, also of one that AWS asks for
 */
public record RetrySettings(int maxAttempts, Duration backoff, Duration backoffMax) {
    static final Setting<Integer> ATTEMPTS = Setting.optional(
            "lookup.retry.max.attempts",
            "4",
            "a whole number from 1 to 100",
            "Attempts of one lookup, including the first. Each takes a permit of the budget.",
            Parsers.integer(1, 100));
    static final Setting<Duration> BACKOFF = Setting.duration(
            "lookup.retry.backoff",
            "200 ms",
            "Longest back-off before the second attempt, doubled before each further one. The time is drawn from 0 up to this.");
    static final Setting<Duration> BACKOFF_MAX =
            Setting.duration("lookup.retry.backoff.max", "10 s", "Upper bound of the back-off.");

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(ATTEMPTS, BACKOFF, BACKOFF_MAX);

    /** What the values say. */
    public static RetrySettings of(Values values) {
        Duration backoff = values.get(BACKOFF);
        Duration most = values.get(BACKOFF_MAX);
        if (backoff.compareTo(most) > 0) {
            values.problem(values.key(BACKOFF) + " " + values.text(BACKOFF) + " is longer than "
                    + values.key(BACKOFF_MAX) + " " + values.text(BACKOFF_MAX) + ", expected at most that");
            return new RetrySettings(values.get(ATTEMPTS), most, most);
        }
        return new RetrySettings(values.get(ATTEMPTS), backoff, most);
    }

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
