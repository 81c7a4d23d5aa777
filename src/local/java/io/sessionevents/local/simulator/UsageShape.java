package io.sessionevents.local.simulator;

/** In what way the usage numbers of a session that has ended come to rest. */
public enum UsageShape {
    AT_ONCE,
    /** None at first. */
    LATE,
    /** More and more, and then no more. */
    GROWING,
    NEVER,
    /** Some at first, and the others later. */
    IN_PARTS,
    /** Once to less than before. */
    DOWN,
    /** Others, when they have stood for long. */
    CORRECTED,
    CORRECTED_TWICE,
    /** Corrected, and corrected back. */
    BACK_AGAIN,
    /** The same numbers, written in another way. */
    REWRITTEN,
    /** AWS forgets the session before its numbers have stood long enough. */
    FORGOTTEN_BEFORE,
    /** AWS forgets it after that. */
    FORGOTTEN_AFTER,
    /** The session failed before it ran. */
    NEVER_RAN,
    /** Numbers that no session can have, for a while. */
    STRANGE,
    /** One number is told no more when the others change. */
    LACKING,
    /** AWS does not find the session when the last look is due, and corrects its numbers meanwhile. */
    AWAY_AT_LAST;

    /** Whether AWS still knows such a session when nothing changes any more. */
    public boolean remembered() {
        return this != FORGOTTEN_BEFORE && this != FORGOTTEN_AFTER;
    }
}
