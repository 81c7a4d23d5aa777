package io.sessionevents.calls;

/** Counts the calls that have a permit: before the wire, and on their way. Not safe for use by several threads. */
final class CallsUnderWay {
    /** Calls that may be sent while none is answered, in seconds of the rate; {@link #LEAST_UNANSWERED} may always be. */
    static final double UNANSWERED_SECONDS = 0.5;

    static final int LEAST_UNANSWERED = 5;

    private int unsent;
    private int sent;
    private int unanswered;

    /** Calls that have a permit and were not sent yet. */
    int unsent() {
        return unsent;
    }

    /** Whether as many calls were sent without an answer as that rate allows, and one of them may still be answered. */
    boolean silent(double rate) {
        return sent > 0 && unanswered >= Math.max(LEAST_UNANSWERED, UNANSWERED_SECONDS * rate);
    }

    void permitted() {
        unsent++;
    }

    void neverSent() {
        unsent--;
    }

    void sent() {
        unsent--;
        sent++;
        unanswered++;
    }

    void ended() {
        sent--;
    }

    void answered() {
        unanswered = 0;
    }
}
