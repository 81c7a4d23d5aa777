package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;

/**
 * One tracked session in the queue, which alone changes it.
 *
 * @param <L> the mailbox it belongs to
 */
final class QueuedSession<L> {
    final L mailbox;
    final SessionKey key;
    double weight;
    long eligibleAt;
    double due;
    long arrival;
    long lookedAt;
    boolean queued;
    boolean inFlight;
    /** Whether something of it is known to have changed since it was looked at. */
    boolean woken;

    boolean wantedAgain;
    boolean wokenAgain;
    long wantedAfter;
    boolean removed;

    QueuedSession(L mailbox, SessionKey key) {
        this.mailbox = mailbox;
        this.key = key;
    }
}
