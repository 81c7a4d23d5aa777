package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The real queue and the real budget in virtual time; a call takes 100 ms, as one to AWS does. */
final class ScheduleSimulation {
    static final Duration CALL = Duration.ofMillis(100);

    /** A permit is given no longer before its moment. */
    private static final Duration LEAD = Duration.ofMillis(50);

    private final AtomicLong now = new AtomicLong();
    private final CallBudget budget = new CallBudget(now::get);
    private final LookupQueue<String> queue = new LookupQueue<>();
    private final Map<SessionKey, Double> weights = new HashMap<>();
    private final double rate;
    private final Duration minimum;
    private final Aws aws;
    private CallBudget.@Nullable Permit permit;
    private long mayBeUsed;

    /** What a look finds. */
    @FunctionalInterface
    interface Aws {
        /** The weight of the session from now on. */
        double look(SessionKey key, long nanos);
    }

    private record Answer(long at, double weight, QueuedSession<String> entry) {}

    ScheduleSimulation(double rate, Duration minimum, Aws aws) {
        this.rate = rate;
        this.minimum = minimum;
        this.aws = aws;
        budget.allow(rate);
    }

    void track(SessionKey key, double weight) {
        weights.put(key, weight);
        queue.add("mailbox", key, new NextLook(weight, Duration.ZERO, null), rate, now.get());
    }

    /** Runs for that time: the number of calls. */
    int run(Duration time) throws InterruptedException {
        int calls = 0;
        var answers = new PriorityQueue<Answer>((a, b) -> Long.compare(a.at(), b.at()));
        while (now.get() < time.toNanos()) {
            while (!answers.isEmpty() && answers.element().at() <= now.get()) {
                take(answers.remove());
            }
            long wait = queue.nanosUntilNext(now.get());
            if (wait == 0) {
                wait = wire();
            }
            if (wait == 0) {
                answers.add(call(requireNonNull(queue.take(now.get()))));
                calls++;
            } else {
                long nextAnswer =
                        answers.isEmpty() ? Long.MAX_VALUE : answers.element().at() - now.get();
                now.addAndGet(Math.min(wait, nextAnswer));
            }
        }
        return calls;
    }

    /** Time until a call may go out. */
    private long wire() {
        if (permit == null) {
            permit = budget.tryAcquire();
            mayBeUsed = now.get() + LEAD.toNanos();
        }
        return permit == null ? budget.nanosUntilNext() : Math.max(0, mayBeUsed - now.get());
    }

    private Answer call(QueuedSession<String> entry) throws InterruptedException {
        try (CallBudget.Permit used = requireNonNull(permit)) {
            used.use();
            budget.answered();
        }
        permit = null;
        return new Answer(now.get() + CALL.toNanos(), aws.look(entry.key, now.get()), entry);
    }

    private void take(Answer answer) {
        queue.landed("mailbox", answer.entry().key);
        queue.add("mailbox", answer.entry().key, new NextLook(answer.weight(), minimum, null), rate, now.get());
    }
}
