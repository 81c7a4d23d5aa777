package io.sessionevents.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running instance remembers of its latest lookups of one session. Kept in memory only: losing it delays a
 * decision or widens the window of the next event, and changes nothing else.
 *
 * @param askedAt when the lookup was sent that last found the session in the state that is kept; null if none did since this
 *     instance tracks it. AWS read the state no sooner than that
 * @param newestUpdate the newest {@code updatedAt} of any answer; null if none was newer than that of the last event
 * @param setbacks lookups in unbroken rows that led to nothing
 */
public record LookupHistory(
        @Nullable Moment askedAt, @Nullable Instant newestUpdate, Setbacks setbacks) {
    public static final LookupHistory NOTHING = new LookupHistory(null, null, Setbacks.NONE);

    /** What is remembered after one more lookup. */
    public LookupHistory after(TrackedSession kept, Lookup outcome, Moment now) {
        return switch (outcome) {
            case Lookup.Found(Session session, Moment sentAt) -> found(kept, session, sentAt, now);
            case Lookup.NotFound() -> with(setbacks.absent(now));
            case Lookup.Refused(Lookup.Refusal why, String _) ->
                switch (why) {
                    // AWS checks identifiers before it looks: that is how a session that is gone may answer.
                    case VALIDATION -> with(setbacks.absent(now));
                    case ACCESS_DENIED -> with(setbacks.failed().doubtful(now));
                };
            case Lookup.Unavailable(Lookup.Trouble why, String _) ->
                switch (why) {
                    case THROTTLED, CIRCUIT_OPEN, CREDENTIALS, CLOCK_SKEW -> this;
                    case TRANSIENT, FOREIGN -> with(setbacks.failed());
                    case MALFORMED -> with(setbacks.failed().doubtful(now));
                };
        };
    }

    /** Whether that answer is older than one that came before: AWS reads may lag behind each other. */
    boolean outdates(TrackedSession kept, Session answer) {
        boolean olderThanReported =
                kept.seen() != null && answer.updatedAt().isBefore(kept.seen().updatedAt());
        return olderThanReported || (newestUpdate != null && answer.updatedAt().isBefore(newestUpdate));
    }

    /** One more attempt at reporting what a lookup found has failed; the lookup counts for nothing else. */
    public LookupHistory unreported() {
        return with(setbacks.unreported());
    }

    /** What a lookup found was reported, or needed no report. */
    public LookupHistory reported() {
        return setbacks.unreportedChanges() == 0 ? this : with(setbacks.reported());
    }

    /** A stale answer proves that the session is there, and nothing else. */
    private LookupHistory found(TrackedSession kept, Session session, Moment sentAt, Moment now) {
        Setbacks left = setbacks.found(session.sessionState() != SessionState.UNKNOWN, now);
        return outdates(kept, session)
                ? with(left)
                : new LookupHistory(sentAt, newerThanReported(kept, session.updatedAt()), left);
    }

    private static @Nullable Instant newerThanReported(TrackedSession kept, Instant update) {
        return kept.seen() != null && update.equals(kept.seen().updatedAt()) ? null : update;
    }

    private LookupHistory with(Setbacks next) {
        return next.equals(setbacks) ? this : new LookupHistory(askedAt, newestUpdate, next);
    }
}
