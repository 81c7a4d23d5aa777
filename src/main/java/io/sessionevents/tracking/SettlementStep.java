package io.sessionevents.tracking;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageRecord;
import java.time.Duration;

/** What follows for one ended session from one look at its usage, worked out whole before any of it is done. */
sealed interface SettlementStep {

    /**
     * Nothing to tell. When to look again, if at all, says what is kept.
     *
     * @param next what is kept from now on
     */
    record Keep(TrackedSession next) implements SettlementStep {}

    /**
     * Usage, ready to be written.
     *
     * @param next what is kept from now on
     */
    record Book(UsageRecord usage, EventEncoder.Encoded record, TrackedSession next) implements SettlementStep {}

    /** Usage that could not be written: what is kept stays as it is, and the session is looked at again after that time. */
    record TryAgain(LookupHistory recent, Duration after) implements SettlementStep {}

    /**
     * Dead letter; the next planned look tries again.
     *
     * @param message for people
     * @param next what is kept from now on
     */
    record GiveUp(DeadLetterReason reason, String message, TrackedSession next) implements SettlementStep {}
}
