package io.sessionevents.session;

/** What follows from one look at an ended session. Handled by {@code switch} without {@code default}. */
public sealed interface SettlementDecision {

    /** What is kept from now on; its settlement says when to look again. */
    TrackedSession next();

    /** Write the record, and keep {@code next}. */
    record Book(UsageRecord usage, TrackedSession next) implements SettlementDecision {}

    /** Nothing to book yet: look again. */
    record LookAgain(TrackedSession next) implements SettlementDecision {}

    /** Nothing more to book, and no look follows. */
    record Close(Why why, TrackedSession next) implements SettlementDecision {
        public enum Why {
            /** The last look found what is booked. */
            UNCHANGED,
            /** AWS has forgotten the session. */
            FORGOTTEN,
            /** No look was answered for too long. */
            UNANSWERED
        }
    }
}
