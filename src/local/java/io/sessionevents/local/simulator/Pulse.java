package io.sessionevents.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two threads, one of each kind, that want to run every few milliseconds and note when the machine did not let them: a request
 * passes through several threads of both kinds before its time is noted. Safe for use by many threads.
 */
final class Pulse implements AutoCloseable {
    private static final int BEAT_MILLIS = 5;
    private static final Duration STALL = Duration.ofMillis(20);

    /** Hours of them on a machine that is very busy. */
    private static final int KEPT = 200_000;

    private final InstantSource clock;
    private final Deque<Truth.Stall> stalls = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Pulse(InstantSource clock) {
        this.clock = clock;
    }

    static Pulse start(InstantSource clock) {
        var pulse = new Pulse(clock);
        Thread.ofPlatform().daemon().name("emr-pulse").start(pulse::run);
        Thread.ofVirtual().name("emr-virtual-pulse").start(pulse::run);
        return pulse;
    }

    private void run() {
        try {
            Instant last = clock.instant();
            while (!closed.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                Instant now = clock.instant();
                beat(last, now);
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void beat(Instant last, Instant now) {
        if (Duration.between(last, now).compareTo(STALL) > 0) {
            stalls.addLast(new Truth.Stall(last.plusMillis(BEAT_MILLIS), now));
            if (stalls.size() > KEPT) {
                stalls.removeFirst();
            }
        }
    }

    synchronized List<Truth.Stall> stalls() {
        return List.copyOf(stalls);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
