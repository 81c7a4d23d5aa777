package io.sessionevents.local.scenario;

import java.time.Instant;

/** One kind of fault. A fault that did not really happen is an exception. */
public interface Injector {

    /**
     * Lets it happen.
     *
     * @return the moment from which the recovery counts
     * @throws IllegalStateException if it did not really happen; the message says how that was seen
     */
    Instant strike(Testbed world) throws Exception;

    /** Makes good what does not fix itself, once events flow again. */
    default void heal(Testbed world) throws Exception {}

    /** What kind of thing happened how often beyond the count of strikes; empty if nothing. */
    default String remark() {
        return "";
    }

    /** Whether no session can be looked at from the strike until all is well again. */
    default boolean disturbs() {
        return true;
    }

    /** How many faults each strike is. */
    default int faultsPerStrike() {
        return 1;
    }

    /** Whether instances only ever stop gracefully, so that not even readers of uncommitted events may see one twice. */
    default boolean gracefulOnly() {
        return false;
    }
}
