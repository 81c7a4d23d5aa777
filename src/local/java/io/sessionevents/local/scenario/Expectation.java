package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Row;

/** What is expected of an instance in trouble. It is asked in the end, and may take a look before. */
@FunctionalInterface
public interface Expectation {

    /** While the trouble lasts, right before its end. */
    default void during(OneInstance world) {}

    /** As soon as it is over. */
    default void after(OneInstance world, Interval trouble) throws InterruptedException {}

    /** What was promised, and what was measured. */
    Row row(OneInstance world, Interval trouble);
}
