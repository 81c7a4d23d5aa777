package io.sessionevents.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which StreamThreads are stuck: those that have not polled for so long that the group takes them for dead. A
 * StreamThread polls while it rebalances, restores or waits for a broker, so none of these looks like being stuck. One
 * thread observes, many may ask.
 *
 * <p>Silence is what was watched: time in which no one observed, because the process was frozen or starved, counts no more
 * than {@link #LONGEST_GAP} a time. A thread whose metrics are gone was replaced, and is forgotten.
 */
public final class PollWatch {
    private static final long LONGEST_GAP = Duration.ofSeconds(1).toNanos();

    private final long patience;
    private final Map<String, Progress> threads = new HashMap<>();
    private long observedAt;
    private boolean begun;

    /** Polls of one thread so far, and the watched nanoseconds since the last one. */
    private record Progress(double polls, long silence) {}

    /**
     * Has seen no thread yet.
     *
     * @param patience how long a StreamThread may go without a poll ({@code max.poll.interval.ms})
     */
    public PollWatch(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * Takes in what was read at that time.
     *
     * @param polls of every StreamThread so far, by its name
     * @param now nanoseconds of a monotonic clock
     */
    synchronized void observe(Map<String, Double> polls, long now) {
        long passed = begun ? Math.min(now - observedAt, LONGEST_GAP) : 0;
        observedAt = now;
        begun = true;
        threads.keySet().retainAll(polls.keySet());
        polls.forEach((name, count) -> threads.merge(
                name,
                new Progress(count, 0),
                (before, seen) -> seen.polls() == before.polls()
                        ? new Progress(before.polls(), before.silence() + passed)
                        : seen));
    }

    /** Names of the StreamThreads that have not polled for longer than the patience, sorted. */
    public synchronized List<String> stuck() {
        return threads.entrySet().stream()
                .filter(thread -> thread.getValue().silence() > patience)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
