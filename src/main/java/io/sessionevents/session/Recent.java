package io.sessionevents.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running instance remembers of its latest lookups of one session. Kept in memory only: losing it delays a
 * decision or widens the window of the next event, and changes nothing else.
 *
 * @param observedAt when the session was last found in the state that is kept; null if it was not since this instance
 *     follows it
 * @param absences lookups in an unbroken row that did not find it
 * @param absentSince when that row began; null if there is none
 * @param failures lookups in an unbroken row that failed for a reason that may lie in this session
 */
public record Recent(
        @Nullable Instant observedAt,
        int absences,
        @Nullable Instant absentSince,
        int failures) {
    public static final Recent NOTHING = new Recent(null, 0, null, 0);

    /** What is remembered after one more lookup. */
    public Recent after(TrackedSession kept, Lookup outcome, Instant now) {
        return switch (outcome) {
            case Lookup.Found(Session session) -> new Recent(kept.isOutdated(session) ? observedAt : now, 0, null, 0);
            case Lookup.NotFound notFound ->
                new Recent(observedAt, absences + 1, absentSince == null ? now : absentSince, 0);
            case Lookup.Refused refused -> new Recent(observedAt, absences, absentSince, failures + 1);
            case Lookup.Unavailable(Lookup.Trouble why, String message) ->
                switch (why) {
                    case THROTTLED, CIRCUIT_OPEN, CREDENTIALS, CLOCK_SKEW -> this;
                    case TRANSIENT, MALFORMED -> new Recent(observedAt, absences, absentSince, failures + 1);
                };
        };
    }
}
