package io.sessionevents.tracking;

import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.session.LookupSchedule;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the trackers of all tasks share.
 *
 * @param listener hears of what they do
 * @param retention how long an ended or stopped session is remembered
 * @param drainInterval how often results are taken in
 */
record Tracking(
        LookupDispatcher dispatcher,
        SessionSteps steps,
        SettlementSteps settlements,
        LossWatch losses,
        TrackingListener listener,
        Duration retention,
        Duration drainInterval,
        InstantSource clock) {
    AlertSteps alerts() {
        return steps.alerts();
    }

    LookupSchedule schedule() {
        return steps.schedule();
    }

    /** One that begins now. */
    TimeSlice slice() {
        return new TimeSlice(dispatcher.nanoClock(), dispatcher.tasks());
    }
}
