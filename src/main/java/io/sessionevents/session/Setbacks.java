package io.sessionevents.session;

import org.jspecify.annotations.Nullable;

/**
 * Lookups of one session, in unbroken rows, that led to nothing.
 *
 * @param absences lookups that did not find it, or whose identifiers AWS rejected
 * @param absentSince when that row began; null if there is none
 * @param failures lookups that failed for a reason that may lie in this session
 * @param doubts lookups that were answered and told nothing about its end: refused, malformed, or in a state without a name
 * @param doubtfulSince when that row began; null if there is none
 * @param unreportedChanges lookups that found a change which could not be written as an event
 */
public record Setbacks(
        int absences,
        @Nullable Moment absentSince,
        int failures,
        int doubts,
        @Nullable Moment doubtfulSince,
        int unreportedChanges) {
    public static final Setbacks NONE = new Setbacks(0, null, 0, 0, null, 0);

    /** Whether answers told nothing about the session more than once. One may be chance, or come too early. */
    boolean inVain() {
        return absences > 1 || doubts > 1;
    }

    Setbacks absent(Moment now) {
        return new Setbacks(
                absences + 1, absentSince == null ? now : absentSince, 0, doubts, doubtfulSince, unreportedChanges);
    }

    Setbacks failed() {
        return new Setbacks(absences, absentSince, failures + 1, doubts, doubtfulSince, unreportedChanges);
    }

    Setbacks doubtful(Moment now) {
        return new Setbacks(
                absences,
                absentSince,
                failures,
                doubts + 1,
                doubtfulSince == null ? now : doubtfulSince,
                unreportedChanges);
    }

    /** The session was found; a state without a name leaves in doubt whether it has ended. */
    Setbacks found(boolean named, Moment now) {
        return named
                ? (unreportedChanges == 0 ? NONE : new Setbacks(0, null, 0, 0, null, unreportedChanges))
                : new Setbacks(0, null, 0, doubts, doubtfulSince, unreportedChanges).doubtful(now);
    }

    Setbacks unreported() {
        return new Setbacks(absences, absentSince, failures, doubts, doubtfulSince, unreportedChanges + 1);
    }

    Setbacks reported() {
        return new Setbacks(absences, absentSince, failures, doubts, doubtfulSince, 0);
    }
}
