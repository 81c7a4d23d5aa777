package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;
import org.jspecify.annotations.Nullable;

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
    Turn turn = Turn.ORDINARY;

    /** When it was asked for. */
    long asked;

    /** How it is to be looked at once more after the lookup under way; null if it is not. */
    @Nullable
    Turn again;

    long againAfter;
    boolean removed;

    QueuedSession(L mailbox, SessionKey key) {
        this.mailbox = mailbox;
        this.key = key;
    }
}
