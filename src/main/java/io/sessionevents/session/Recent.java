package io.sessionevents.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running instance remembers of its latest lookups of one session. Kept in memory only: losing it delays a
 * decision or widens the window of the next event, and changes nothing else.
 *
 * @param observedAt when the session was last found; null if it was not since this instance follows it
 * @param absences lookups in an unbroken row that did not find it
 * @param absentSince when that row began; null if there is none
 * @param failures lookups in an unbroken row that said nothing about it
 */
public record Recent(
        @Nullable Instant observedAt,
        int absences,
        @Nullable Instant absentSince,
        int failures) {
    public static final Recent NOTHING = new Recent(null, 0, null, 0);

    /** What is remembered after one more lookup. */
    public Recent after(Lookup outcome, Instant now) {
        return switch (outcome) {
            case Lookup.Found found -> new Recent(now, 0, null, 0);
            case Lookup.NotFound notFound ->
                new Recent(observedAt, absences + 1, absentSince == null ? now : absentSince, 0);
            case Lookup.Refused refused -> new Recent(observedAt, absences, absentSince, failures + 1);
            case Lookup.Unavailable unavailable -> new Recent(observedAt, absences, absentSince, failures + 1);
        };
    }
}
