package io.sessionevents.streams;

/**
 * Until when one StreamThread certainly belongs to its group, and so owns its tasks. Pure; times are nanoseconds of a
 * monotonic clock. Not safe for use by several threads.
 *
 * <p>The coordinator gives a member's tasks away no sooner than the session time-out after the last heartbeat that reached
 * it. So a heartbeat that was answered proves the membership until the session time-out after it was <b>sent</b>; when its
 * answer is read says nothing, for the process may have been frozen in between. Kafka's client tells how many heartbeats
 * were answered. Only one is under way at a time, so each is sent after the one before was answered, and that was after the last
 * observation that did not count it. Kafka's client also tells how long ago the last one was sent, but by the wall clock, which
 * may have been set since; of that, only that none was sent yet is believed.
 *
 * <p>An answer may also say that the member is unknown. The StreamThread gives its tasks back in the poll that follows, so
 * a proof counts only after {@link #POLLS} more polls: the first may have begun before the answer, the second did not.
 */
final class MembershipProof {
    static final int POLLS = 2;
    private static final double NEVER = -1;

    private final long sessionTimeout;
    private double answered = Double.NaN;
    private long observedAt;
    private boolean known;
    private long sentNoSoonerThan;
    private boolean pending;
    private long pendingUntil;
    private double pendingPolls;
    private long provenUntil;

    /**
     * What Kafka's client tells.
     *
     * @param answered heartbeats answered so far
     * @param secondsSinceSent whole seconds since the last one was sent, by the wall clock; -1 if none was
     * @param polls polls of the StreamThread that have ended; counted after the heartbeats
     */
    record Heartbeats(double answered, double secondsSinceSent, double polls) {}

    /**
     * Nothing is proven yet.
     *
     * @param sessionTimeout of the group, in nanoseconds
     */
    MembershipProof(long sessionTimeout, long now) {
        this.sessionTimeout = sessionTimeout;
        this.provenUntil = now;
    }

    /** Takes in what was read at that time. */
    void observe(Heartbeats seen, long now) {
        if (pending && seen.polls() >= pendingPolls + POLLS) {
            pending = false;
            provenUntil = Math.max(provenUntil, pendingUntil);
        }
        if (known && seen.answered() > answered && !pending) {
            pending = true;
            pendingUntil = sentNoSoonerThan + sessionTimeout;
            pendingPolls = seen.polls();
        }
        next(seen, now);
        answered = seen.answered();
        observedAt = now;
    }

    /** From when on the heartbeat can have been sent that is answered next. */
    private void next(Heartbeats seen, long now) {
        if (seen.answered() == 0 && seen.secondsSinceSent() == NEVER) {
            known = true;
            sentNoSoonerThan = now;
        } else if (seen.answered() > answered) {
            known = true;
            sentNoSoonerThan = observedAt;
        } else if (!(seen.answered() == answered)) {
            // The first observation, or a client that counts from the beginning.
            known = false;
        }
    }

    /** The membership is certain before this time. */
    long provenUntil() {
        return provenUntil;
    }
}
