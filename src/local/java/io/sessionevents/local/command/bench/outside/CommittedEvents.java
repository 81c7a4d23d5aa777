package io.sessionevents.local.command.bench.outside;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.ObservedChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads committed events on a thread of its own, and notes when each came. Safe for use by many threads. */
final class CommittedEvents implements AutoCloseable {
    private final ChangeReader reader;
    private final InstantSource clock;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<String, Long> wanted = new ConcurrentHashMap<>();
    private final List<Double> waits = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "committed-events");
    private volatile boolean stopped;

    /**
     * Milliseconds of the clock.
     *
     * @param begunAt when the state began: where each answer shows another, when the endpoint made the answer
     * @param answeredAt when the service had it
     * @param writtenAt when the broker had the event
     * @param at when it came, committed
     */
    private record Arrival(long begunAt, long answeredAt, long writtenAt, long at) {}

    CommittedEvents(ChangeReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                reader.pollTimed(this::arrived);
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private synchronized void arrived(GenericRecord event, long writtenAt) {
        ObservedChange change = ObservedChange.of(event);
        long now = clock.millis();
        arrivals.add(new Arrival(
                change.updatedAt().toEpochMilli(), change.observedAt().toEpochMilli(), writtenAt, now));
        Long since = wanted.remove(change.key().sessionId());
        if (since != null) {
            waits.add((double) (now - since));
        }
    }

    /** How many have come. */
    synchronized int count() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return arrivals.size();
    }

    void await(int count) throws InterruptedException {
        Poll.await(count + " events", this::count, () -> count() >= count);
    }

    /** The next event of that session is waited for from now on. */
    void want(String sessionId) {
        wanted.put(sessionId, clock.millis());
    }

    /** Sessions whose event has not come. */
    int wanted() {
        return wanted.size();
    }

    /** Milliseconds for which each of them was waited for, since the last call; none is waited for any more. */
    synchronized List<Double> waits() {
        wanted.clear();
        List<Double> all = List.copyOf(waits);
        waits.clear();
        return all;
    }

    /** Events per second between two of them, counted from 0 in the order in which they came. */
    synchronized double rate(int from, int to) {
        return 1000.0
                * (to - from)
                / (arrivals.get(to).at() - arrivals.get(from).at());
    }

    /** Milliseconds between the answer of AWS and the event, of those from that one on. */
    synchronized Spread afterAnswer(int from) {
        return between(from, Arrival::answeredAt, Arrival::at);
    }

    /** The way of each event from that one on, step by step, in milliseconds. */
    synchronized Map<String, Spread> steps(int from) {
        Map<String, Spread> steps = new LinkedHashMap<>();
        steps.put("the answer is read", between(from, Arrival::begunAt, Arrival::answeredAt));
        steps.put("taken in, decided, encoded, written", between(from, Arrival::answeredAt, Arrival::writtenAt));
        steps.put("gathered, committed, fetched", between(from, Arrival::writtenAt, Arrival::at));
        return steps;
    }

    private Spread between(int from, ToLongFunction<Arrival> begin, ToLongFunction<Arrival> end) {
        return new Spread(arrivals.subList(from, arrivals.size()).stream()
                .map(arrival -> (double) (end.applyAsLong(arrival) - begin.applyAsLong(arrival)))
                .toList());
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Poll.STANDSTILL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }
}
