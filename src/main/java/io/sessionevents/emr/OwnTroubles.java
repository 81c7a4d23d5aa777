package io.sessionevents.emr;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The questions that fail while others are answered, again and again: their trouble is their own, and says nothing about AWS. Else the
 * sessions of an application that is broken inside AWS would hold the circuit open for all the others. Where most questions fail, no
 * trouble is one's own: an outage in which some calls succeed looks like that to each question. Safe for use by many threads.
 *
 * @param <Q> question
 */
final class OwnTroubles<Q> {
    /** Good answers to others since a question failed first, after which its failures are its own. */
    static final int ENOUGH = 3;

    /** Calls that are looked back at; their retries tell of the same questions again, and are left out. */
    static final int LATELY = 100;

    /** With so many of them failed, AWS itself is in trouble: where each second question fails for ever, it is hardly ever reached. */
    static final int MOST_FAILED = 70;

    /** Questions that are remembered; an older one may count once more. */
    private static final int MOST = 10_000;

    /** How many good answers there were when it failed first. */
    private final Map<Q, Long> failing = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Q, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Which of the last calls failed. */
    private final BitSet lately = new BitSet(LATELY);

    private int calls;
    private long good;

    /** A call was made. */
    synchronized void asked(boolean failed) {
        lately.set(calls, failed);
        calls = (calls + 1) % LATELY;
    }

    /** AWS has answered it as it answers when it is well. */
    synchronized void answered(Q question) {
        good++;
        failing.remove(question);
    }

    /** It has failed: whether that is its own trouble. */
    synchronized boolean failed(Q question) {
        Long before = failing.putIfAbsent(question, good);
        return before != null && good - before >= ENOUGH && lately.cardinality() < MOST_FAILED;
    }
}
