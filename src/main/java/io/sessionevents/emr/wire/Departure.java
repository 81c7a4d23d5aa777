package io.sessionevents.emr.wire;

/**
 * What happens between the opening of a connection and the sending of a request: whoever paces requests waits here, because a handshake
 * would turn even pauses into bursts.
 */
@FunctionalInterface
public interface Departure {
    /** Nothing is waited for. */
    Departure AT_ONCE = () -> {};

    /** Returns when the request of this thread is to be sent; what it throws ends the call, and its connection stays. */
    void await();
}
