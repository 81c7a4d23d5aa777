package io.sessionevents.local.simulator;

/** What can go wrong with all requests to STS. */
public enum StsFault {
    NONE,
    /** No answer at all, for as long as the client waits. */
    SILENCE,
    INTERNAL_ERROR,
    THROTTLED
}
