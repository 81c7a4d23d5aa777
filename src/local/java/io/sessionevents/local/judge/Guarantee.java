package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.util.List;

/** A promise of the service, judged by the truth. */
@FunctionalInterface
public interface Guarantee {

    /**
     * What breaks the promise; empty if nothing does.
     *
     * @param events in the order of the output topic, partition by partition
     */
    List<String> violations(Truth truth, List<ObservedChange> events);
}
