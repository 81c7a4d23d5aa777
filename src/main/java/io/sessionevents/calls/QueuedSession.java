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
    boolean wantedAgain;
    long wantedAfter;
    boolean removed;

    QueuedSession(L mailbox, SessionKey key) {
        this.mailbox = mailbox;
        this.key = key;
    }
}
