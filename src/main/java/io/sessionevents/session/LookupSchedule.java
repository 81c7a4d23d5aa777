package io.sessionevents.session;

import io.sessionevents.session.TrackedSession.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says when to look at a session again. Pure. The budget alone decides how often: a session of weight {@code w} is due
 * after {@code total weight / (w × rate)} seconds, so that intervals shrink and stretch evenly with the number of sessions
 * and the budget is spent whole.
 *
 * @param usual what counts in a source that is not among those by name
 * @param bySource what counts in a source, by its name
 */
public record LookupSchedule(OfSource usual, Map<String, OfSource> bySource) {
    /** AWS terminates every session after 24 hours. */
    static final Duration LONGEST_SESSION = Duration.ofHours(24);

    /** A state that ends at a known time is looked at a moment after it, for AWS's clock is not ours. */
    static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

    /** Of a session whose lookups tell nothing, again and again: it must not take the budget of the others. */
    static final double LEAST_WEIGHT = 1;

    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
    static final Duration ACCESS_DENIED_BACK_OFF = Duration.ofMinutes(5);

    /** No look is planned for later than that. What AWS says of a session must not carry its times out of every bound. */
    static final Duration HORIZON = Duration.ofDays(30);

    public LookupSchedule {
        bySource = Map.copyOf(bySource);
    }

    /** The same in all sources, of which none is swept. */
    public LookupSchedule(Duration minimum) {
        this(new OfSource(minimum, LookupWeights.UNSWEPT), Map.of());
    }

    /**
     * What counts in one source.
     *
     * @param minimum no session is looked at more often than this
     */
    public record OfSource(Duration minimum, LookupWeights weights) {}

    /**
     * When to look at one session again. Times beyond {@link #HORIZON} become the horizon, negative ones zero.
     *
     * @param weight share of the lookups relative to the weights of the others, greater than 0
     * @param notBefore not sooner than after this time
     * @param deadline look after this time even if the budget would allow later only; null if no deadline is known
     */
    public record NextLook(
            double weight, Duration notBefore, @Nullable Duration deadline) {
        public NextLook {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight: " + weight + ", expected a number above 0");
            }
            notBefore = bounded(notBefore);
            deadline = deadline == null ? null : bounded(deadline);
        }

        private static Duration bounded(Duration time) {
            if (time.isNegative()) {
                return Duration.ZERO;
            }
            return time.compareTo(HORIZON) > 0 ? HORIZON : time;
        }
    }

    /** A look as soon as its turn comes, for a session taken up again: due now, not ahead of the others. */
    public NextLook atOnce(TrackedSession kept, Instant now) {
        return new NextLook(next(kept, now).weight(), Duration.ZERO, Duration.ZERO);
    }

    /** The next look after an answered lookup. */
    public NextLook next(TrackedSession kept, Instant now) {
        Seen seen = kept.seen();
        return new NextLook(weight(kept), minimum(kept), seen == null ? null : deadline(seen, now));
    }

    /**
     * The next look after a lookup that did not find the session, or said nothing about it. The latter was no look: the
     * session stays due. One that was looked at in vain repeatedly takes its turn behind the others.
     */
    public NextLook afterFailure(TrackedSession kept, LookupHistory recent, Lookup outcome) {
        boolean inVain = recent.setbacks().inVain();
        double weight = inVain ? LEAST_WEIGHT : next(kept, Instant.MAX).weight();
        Duration stillDue = outcome instanceof Lookup.Unavailable && !inVain ? Duration.ZERO : null;
        return new NextLook(weight, max(minimum(kept), backOff(outcome, recent, minimum(kept))), stillDue);
    }

    /** The next look after a change that was found and could not be reported: soon, and less so each time. */
    public NextLook unreported(TrackedSession kept, LookupHistory recent) {
        Duration pause = max(minimum(kept), doubling(recent.setbacks().unreportedChanges(), minimum(kept)));
        return new NextLook(weight(kept), pause, Duration.ZERO);
    }

    private Duration minimum(TrackedSession kept) {
        return of(kept).minimum();
    }

    private double weight(TrackedSession kept) {
        return of(kept).weights().of(kept.seen() == null ? null : kept.seen().state());
    }

    private OfSource of(TrackedSession kept) {
        return bySource.getOrDefault(kept.key().source(), usual);
    }

    private static Duration backOff(Lookup outcome, LookupHistory recent, Duration minimum) {
        return switch (outcome) {
            case Lookup.Found found -> minimum;
            case Lookup.NotFound notFound -> doubling(recent.setbacks().absences(), minimum);
            case Lookup.Refused(Lookup.Refusal why, String message) ->
                switch (why) {
                    case VALIDATION -> doubling(recent.setbacks().absences(), minimum);
                    case ACCESS_DENIED -> ACCESS_DENIED_BACK_OFF;
                };
            case Lookup.Unavailable(Lookup.Trouble why, String message) ->
                switch (why) {
                    case TRANSIENT, FOREIGN, MALFORMED ->
                        doubling(recent.setbacks().failures(), minimum);
                    // Nothing about this session: the call budget slows down, or the circuit opens for the whole
                    // source.
                    case THROTTLED, CIRCUIT_OPEN, CREDENTIALS, CLOCK_SKEW -> minimum;
                };
        };
    }

    /** The minimum, doubled with each repetition up to {@link #LONGEST_BACK_OFF}. */
    private static Duration doubling(int times, Duration minimum) {
        Duration base = max(minimum, Duration.ofSeconds(1));
        Duration wanted = base.multipliedBy(1L << Math.clamp(times - 1, 0, 10));
        return wanted.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wanted;
    }

    private static @Nullable Duration deadline(Seen seen, Instant now) {
        Instant end = (seen.startedAt() == null ? seen.createdAt() : seen.startedAt()).plus(LONGEST_SESSION);
        if (seen.state() == SessionState.IDLE && seen.idleSince() != null && seen.idleTimeoutMinutes() != null) {
            long minutes = Math.clamp(seen.idleTimeoutMinutes(), 0L, HORIZON.toMinutes());
            Instant idleEnd = seen.idleSince().plus(Duration.ofMinutes(minutes));
            end = idleEnd.isBefore(end) ? idleEnd : end;
        }
        Instant look = end.plus(AFTER_DEADLINE);
        return look.isAfter(now) ? Duration.between(now, look) : null;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
