package io.sessionevents.local.scenario;

/** A way to break one promise, and by which findings it is to be found out. */
enum Kind {
    NONE(""),
    DROP("lost, out of order"),
    REPEAT("duplicated, out of order"),
    /** The same change again, with an id and a number of its own. */
    TOLD_TWICE("duplicated"),
    SWAP("out of order"),
    /** A state that the session was not in. */
    INVENT("invented"),
    /** The window begins when the answer before was there, not when it was asked for. */
    WINDOW_FROM_ANSWER("invented"),
    /** The window ends where it has to begin. */
    WINDOW_OF_THE_CALL_BEFORE("invented"),
    EMPTY_WINDOW("invented"),
    MISSED_INVENTED("invented"),
    /** What a stale read shows is told, though a newer state was told before. */
    STALE("duplicated, out of order, invented"),
    /** As after a restart that has lost the store. */
    SEQUENCE_FROM_ONE("duplicated, out of order"),
    /** The end of a session is told when the service stops. */
    LATE_END("late"),
    /** A session that is there gets a dead letter, as if the page of a proxy were AWS's word, and no event any more. */
    GIVE_UP("lost, given up"),
    DROP_DEAD_LETTER("unaccounted"),
    /** One id is never read. */
    DROP_INPUT("starved"),
    /** More calls than it may make, as where each of several instances rounds its share up. */
    FAST("over budget"),
    /** An id that is published again is not read. */
    DEAF("not heard"),
    /** The original, to compare the deaf one with. */
    HEARING("");

    private final String findings;

    Kind(String findings) {
        this.findings = findings;
    }

    /** What is found, and nothing else. */
    String findings() {
        return findings;
    }

    /** Whether it lets wait for too long, which takes long to be seen. */
    boolean slow() {
        return this == DROP_INPUT || this == LATE_END;
    }

    /** Whether it is tried by ids that are published again. */
    boolean triedByWishes() {
        return this == DEAF || this == HEARING;
    }

    /** Whether it is a matter of what is read, not of what is written. */
    boolean byConsumer() {
        return this == DROP_INPUT || this == DEAF;
    }
}
