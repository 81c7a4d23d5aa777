package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a session can be. Anything else is no answer of AWS's, or one in another unit (milliseconds for seconds),
 * and must not get any further: times are added to it, sorted by it, and written into events. The bounds are wide, because
 * AWS documents few of them.
 *
 * @param now by the wall clock
 */
record Bounds(Instant now) {
    /** EMR Serverless is younger than that. */
    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    /**
     * AWS refuses the first call of a client whose clock differs by more. The SDK signs later ones with a corrected time; times that
     * such a clock takes for future ones are malformed until it is set right.
     */
    static final Duration CLOCKS_APART = Duration.ofMinutes(15);

    /** A year; AWS ends every session after 24 hours. */
    static final long MOST_MINUTES = 366L * 24 * 60;

    static final long MOST_SECONDS = MOST_MINUTES * 60;

    /** Hours of a resource: a hundred thousand units for a year. */
    static final double MOST_HOURS = 1e9;

    /** The longest name of a state today has 11 characters. */
    static final int LONGEST_STATE = 128;

    Instant time(String member, Instant sent) {
        if (sent.isBefore(EARLIEST) || sent.isAfter(now.plus(CLOCKS_APART))) {
            throw outOfBounds(member, sent, EARLIEST + " to 15 minutes from now");
        }
        return sent;
    }

    @Nullable
    Instant timeOrNull(String member, @Nullable Instant sent) {
        return sent == null ? null : time(member, sent);
    }

    /** One that a store would give back as another would be a change for ever. */
    static String state(String sent) {
        if (sent.isBlank() || sent.length() > LONGEST_STATE) {
            throw outOfBounds("state", Text.brief(sent), "1 to " + LONGEST_STATE + " characters");
        }
        if (!UTF_8.newEncoder().canEncode(sent)) {
            throw outOfBounds("state", Text.brief(sent), "whole characters");
        }
        return sent;
    }

    static @Nullable Long whole(String member, @Nullable Long sent, long most) {
        if (sent != null && (sent < 0 || sent > most)) {
            throw outOfBounds(member, sent, "0 to " + most);
        }
        return sent;
    }

    static @Nullable Double hours(String member, @Nullable Double sent) {
        if (sent != null && !(sent >= 0 && sent <= MOST_HOURS)) {
            throw outOfBounds(member, sent, "0 to " + MOST_HOURS);
        }
        return sent;
    }

    private static MalformedAnswerException outOfBounds(String member, Object sent, String expected) {
        return new MalformedAnswerException("the session has " + member + " " + sent + ", expected " + expected);
    }
}
