package io.sessionevents.calls;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts the calls that have a permit: before the wire, and on their way. One that is late at the wire, because it opens a connection
 * for long, has lost its place to the calls behind it, and must not hold them up; it is taken for one without an answer, so that only a
 * few are on a way that leads nowhere. Not safe for use by several threads.
 */
final class CallsUnderWay {
    /** Calls that may be sent while none is answered, in seconds of the rate; {@link #LEAST_UNANSWERED} may always be. */
    static final double UNANSWERED_SECONDS = 0.5;

    static final int LEAST_UNANSWERED = 5;

    /** With the time of their permit in nanoseconds, the oldest first. */
    private final Map<Object, Long> unsent = new LinkedHashMap<>();

    private final Set<Object> late = new HashSet<>();

    /** Those at the wire, which wait for a moment of their own. */
    private final Set<Object> ready = new HashSet<>();

    private int sent;
    private int unanswered;

    /** Calls that have a permit, are not late and were not sent yet. */
    int unsent() {
        return unsent.size() + ready.size();
    }

    /** Whether as many calls were sent without an answer as that rate allows, and one of them may still be answered. */
    boolean silent(double rate) {
        return sent + late.size() > 0
                && unanswered + late.size() >= Math.max(LEAST_UNANSWERED, UNANSWERED_SECONDS * rate);
    }

    /** @param permit by which the call is known */
    void permitted(Object permit, long nanos) {
        unsent.put(permit, nanos);
    }

    /** Whatever had its permit before that time and was not sent is late. */
    void late(long before) {
        Iterator<Map.Entry<Object, Long>> oldest = unsent.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Object, Long> next = oldest.next();
            if (next.getValue() - before >= 0) {
                return;
            }
            late.add(next.getKey());
            oldest.remove();
        }
    }

    /** It has come to the wire, and is late no more: the next moment is its own, and one less for those behind. */
    void ready(Object permit) {
        neverSent(permit);
        ready.add(permit);
    }

    void neverSent(Object permit) {
        if (unsent.remove(permit) == null && !late.remove(permit)) {
            ready.remove(permit);
        }
    }

    void sent(Object permit) {
        neverSent(permit);
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
