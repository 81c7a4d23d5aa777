package io.sessionevents.tracking;

/** Where the sessions are kept between changelog and memory. */
public enum StateStore {
    PERSISTENT,
    IN_MEMORY
}
