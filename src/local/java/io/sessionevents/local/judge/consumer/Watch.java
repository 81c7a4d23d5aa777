package io.sessionevents.local.judge.consumer;

import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SessionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads the change events all the time, on a thread of its own, and notes when each one came. */
public final class Watch implements AutoCloseable {
    private final ChangeReader reader;
    private final List<ObservedChange> received = new ArrayList<>();
    private final Map<String, Instant> arrivals = new HashMap<>();
    private final Map<SessionKey, ObservedChange> latest = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean stopped;
    private volatile int count;

    private Watch(ChangeReader reader) {
        this.reader = reader;
    }

    public static Watch start(ChangeReader reader) {
        var watch = new Watch(reader);
        watch.thread.start();
        return watch;
    }

    /** Whether each of these sessions had an event that was observed later than that. */
    public boolean sawAll(Collection<SessionKey> sessions, Instant since) {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return sessions.stream().allMatch(key -> {
            ObservedChange last = latest.get(key);
            return last != null && last.observedAt().isAfter(since);
        });
    }

    /** How many events have come. */
    public int count() {
        return count;
    }

    /** Those of these sessions that had no event that was observed later than that. */
    public List<SessionKey> unseen(Collection<SessionKey> sessions, Instant since) {
        return sessions.stream().filter(key -> !sawAll(List.of(key), since)).toList();
    }

    /** How many of these sessions were reported to have ended. */
    public long ends(Collection<SessionKey> sessions) {
        return sessions.stream()
                .map(latest::get)
                .filter(last -> last != null && last.terminal())
                .count();
    }

    /** Reads to the present end of the topic and stops: everything that came. */
    public Told finish() throws InterruptedException {
        stop();
        reader.pollToEnd(this::receive);
        return new Told(received, arrivals, List.of());
    }

    private void run() {
        try {
            while (!stopped) {
                reader.poll(this::receive);
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** Called by the thread that reads. */
    private void receive(GenericRecord event) {
        ObservedChange change = ObservedChange.of(event);
        received.add(change);
        arrivals.putIfAbsent(change.eventId(), Instant.now());
        latest.put(change.key(), change);
        count = received.size();
    }

    private void stop() throws InterruptedException {
        stopped = true;
        thread.join(Poll.STANDSTILL);
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }
}
