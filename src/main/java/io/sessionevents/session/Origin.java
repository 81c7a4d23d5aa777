package io.sessionevents.session;

/** How the service came to track a session. */
public enum Origin {
    /** Somebody published its identifier. */
    PUBLISHED,
    /** A sweep found it in an application that is tracked. */
    DISCOVERED
}
