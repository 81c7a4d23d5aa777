package io.sessionevents.session;

/** Why an application is swept, the strongest last. */
public enum SweepReason {
    /** A session of it is tracked: its sweeps only wake, and the others of its sessions are left alone. */
    SESSION,
    /** Configured, or found in the list of the applications: all its sessions are tracked. */
    DISCOVERED,
    /** Somebody published its identifier: all its sessions are tracked. */
    PUBLISHED
}
