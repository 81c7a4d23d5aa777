package io.sessionevents.local.judge;

import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches when the process of the judge stood still, on a busy machine or in a collection: a request that is seen at the end may have come
 * at any time meanwhile, and what comes together then was not sent together.
 */
public final class Standstills implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration NOTED = Duration.ofMillis(10);

    /** What came during a standstill is seen within that time after it. */
    private static final Duration CATCHING_UP = Duration.ofMillis(10);

    /** The beginning of each, by its end. */
    private final ConcurrentSkipListMap<Instant, Instant> beginnings = new ConcurrentSkipListMap<>();

    private final Thread thread =
            Thread.ofPlatform().name("standstills").daemon().start(this::watch);
    private volatile boolean closed;

    private void watch() {
        Instant before = Instant.now();
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            Instant now = Instant.now();
            noted(before, now);
            before = now;
        }
    }

    /** Nothing was heard of in between. */
    void noted(Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(NOTED) > 0) {
            beginnings.put(to, from);
        }
    }

    public Duration longest() {
        return beginnings.entrySet().stream()
                .map(standstill -> Duration.between(standstill.getValue(), standstill.getKey()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The largest number of requests in any second that is certain, if the first one came as early as it may have. */
    public int mostForCertain(List<Truth.Request> requests) {
        List<Instant> seen = requests.stream().map(Truth.Request::at).sorted().toList();
        int most = 0;
        int end = 0;
        for (int begin = 0; begin < seen.size(); begin++) {
            Instant aSecondLater = earliest(seen.get(begin)).plusSeconds(1);
            while (end < seen.size() && seen.get(end).isBefore(aSecondLater)) {
                end++;
            }
            most = Math.max(most, end - begin);
        }
        return most;
    }

    private Instant earliest(Instant seen) {
        var after = beginnings.ceilingEntry(seen.minus(CATCHING_UP));
        return after == null || after.getValue().isAfter(seen) ? seen : after.getValue();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
