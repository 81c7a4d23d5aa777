package io.sessionevents.calls;

import io.sessionevents.calls.CallBudget.Permit;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one operation of one source, all of them made for one task: it alone has the whole budget of the fleet. The task asks at
 * its {@link Desk} and takes the answers from there; each call runs on a virtual thread of its own. Safe for use by several threads.
 *
 * @param <Q> question
 * @param <A> answer
 */
final class PacedCalls<Q, A> {
    private static final Logger log = LoggerFactory.getLogger(PacedCalls.class);

    private final RemoteCall<Q, A> call;
    private final CallBudget budget;
    private final double rate;
    private final LookupHold hold;
    private @Nullable Desk open;

    /**
     * Makes no call before a desk is open.
     *
     * @param rate calls per second of the whole fleet, above 0
     */
    PacedCalls(RemoteCall<Q, A> call, CallBudget budget, double rate, LookupHold hold) {
        this.call = call;
        this.budget = budget;
        this.rate = rate;
        this.hold = hold;
    }

    /** What is used of the budget at present, in calls per second. */
    double rate() {
        return budget.rate();
    }

    /** Opens the desk of the task that has them now; one that was left open is closed. */
    synchronized Desk open() {
        if (open != null) {
            open.close();
        }
        open = new Desk();
        budget.allowAlone(rate);
        return open;
    }

    private synchronized void closed(Desk desk) {
        if (desk.equals(open)) {
            open = null;
            budget.allow(0);
        }
    }

    /** Where the task asks; used by its StreamThread. */
    final class Desk implements AutoCloseable {
        private final Set<Thread> underWay = ConcurrentHashMap.newKeySet();
        private final Queue<Answered<Q, A>> answers = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile boolean closed;

        private Desk() {}

        /**
         * Asks the next question if a call can be made now; the answer comes to the desk, unless it is closed by then. Never waits.
         *
         * @param next gives the question, and is asked for it only if the call can be made; null if there is none
         * @return whether a call is made
         */
        boolean ask(Supplier<? extends @Nullable Q> next) {
            boolean held = hold.reason() != LookupHold.Reason.NONE;
            Permit permit = held || underWay.size() >= SweepLimits.MOST_AT_ONCE ? null : budget.tryAcquire();
            if (permit == null) {
                return false;
            }
            Q question = next.get();
            if (question == null) {
                permit.close();
                return false;
            }
            Thread thread = Thread.ofVirtual().name("sweep").unstarted(() -> answer(question, permit));
            underWay.add(thread);
            thread.start();
            return true;
        }

        private void answer(Q question, Permit permit) {
            A answer = null;
            try (permit) {
                answer = call.answer(question, permit);
            } catch (InterruptedException e) {
                log.atDebug().log("A call was interrupted, its task has moved");
            } catch (RuntimeException | Error e) {
                log.atError().setCause(e).log("A call failed unexpectedly, it is made again later");
            } finally {
                if (answered.compareAndSet(false, true)) {
                    // The first call is slow to leave: classes are loaded, a connection is made. The next one is not.
                    budget.countFromNow();
                }
                underWay.remove(Thread.currentThread());
                if (!closed) {
                    answers.add(new Answered<>(question, answer));
                }
            }
        }

        /** The next answer, or null. Never waits. */
        @Nullable
        Answered<Q, A> poll() {
            return answers.poll();
        }

        /** Ends the calls under way; their answers are dropped. */
        @Override
        public void close() {
            closed = true;
            underWay.forEach(Thread::interrupt);
            answers.clear();
            closed(this);
        }
    }

    /** No call goes out after that moment; see {@link CallBudget#leaseUntil}. */
    void leaseUntil(long nanos) {
        budget.leaseUntil(nanos);
    }
}
