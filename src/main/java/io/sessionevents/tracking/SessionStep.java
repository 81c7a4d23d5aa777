package io.sessionevents.tracking;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.TrackedSession;
import org.jspecify.annotations.Nullable;

/** What follows for one session from one lookup, worked out whole before any of it is done. */
sealed interface SessionStep {

    /** Nothing to tell: look again. */
    record LookAgain(LookupHistory recent, NextLook look) implements SessionStep {}

    /** No change, but alerts, ready to be written: keep what they say, and look again. */
    record Alert(AlertSteps.Step alerts, LookupHistory recent, NextLook look) implements SessionStep {}

    /**
     * A change, ready to be written, and the alerts that come with it.
     *
     * @param next what is kept from now on
     * @param look when to look again; null if the session has ended
     */
    record Report(
            StateChange change,
            EventEncoder.Encoded event,
            AlertSteps.Step alerts,
            TrackedSession next,
            LookupHistory recent,
            @Nullable NextLook look)
            implements SessionStep {}

    /**
     * Dead letter, and tracking ends, which clears what is raised.
     *
     * @param message for people
     * @param alerts with what is kept from now on
     */
    record GiveUp(DeadLetterReason reason, String message, AlertSteps.Step alerts) implements SessionStep {}
}
