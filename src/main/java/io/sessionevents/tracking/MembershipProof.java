package io.sessionevents.tracking;

/**
 * Until when one StreamThread certainly belongs to its group, and so owns its tasks. Pure; times are nanoseconds of a
 * monotonic clock. Not safe for use by several threads.
 *
 * <p>The coordinator gives a member's tasks away no sooner than the session time-out after the last heartbeat that reached
 * it. So a heartbeat that was answered proves the membership until the session time-out after it was <b>sent</b>; when its
 * answer is read says nothing, for the process may have been frozen in between. Kafka's client tells how many heartbeats
 * were answered and when the last one was sent; since only one is under way at a time, an answer that came between two
 * observations belongs to a heartbeat sent no sooner than the last one known at the first of the two.
 *
 * <p>An answer may also say that the member is unknown. The StreamThread gives its tasks back in the poll that follows, so
 * a proof counts only after {@link #POLLS} more polls: the first may have begun before the answer, the second did not.
 */
final class MembershipProof {
    static final int POLLS = 2;
    private static final double NEVER = -1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long sessionTimeout;
    private boolean begun;
    private Heartbeats before = new Heartbeats(0, NEVER, 0);
    private long sentNoSoonerThan;
    private boolean pending;
    private long pendingUntil;
    private double pendingPolls;
    private long provenUntil;

    /**
     * What Kafka's client tells.
     *
     * @param answered heartbeats answered so far
     * @param secondsSinceSent whole seconds since the last one was sent; negative if none was
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
        if (begun && seen.answered() > before.answered() && !pending) {
            pending = true;
            pendingUntil = sentNoSoonerThan + sessionTimeout;
            pendingPolls = seen.polls();
        }
        sentNoSoonerThan =
                seen.secondsSinceSent() < 0 ? now : now - (1 + (long) seen.secondsSinceSent()) * NANOS_PER_SECOND;
        before = seen;
        begun = true;
    }

    /** The membership is certain before this time. */
    long provenUntil() {
        return provenUntil;
    }
}
