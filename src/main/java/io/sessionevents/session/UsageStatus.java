package io.sessionevents.session;

/** What a usage record says of its numbers. */
public enum UsageStatus {
    /** They have stood long enough to be booked. */
    SETTLED,
    /** AWS has changed them since the revision before. */
    CORRECTED,
    /** They never stood long enough, or there are none: what was seen last, to be looked at by somebody. */
    UNSETTLED
}
