package io.sessionevents.calls;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether what was written can be committed. While a rebalance waits for a member that died, or a broker is away, Kafka
 * Streams goes on processing and commits nothing: what is written meanwhile is gone if this process ends too. The producers and
 * consumers of the StreamThreads report here; the dispatcher, the mailboxes and the processors ask. Safe for use by many threads.
 *
 * <p>A transaction is <em>overdue</em> when it has waited for longer than {@link #LEAST}, or than three times as long as
 * transactions usually take here, but for {@link #MOST} at most: a busy cluster may take a second for each, and that is no
 * trouble. One that took much longer than usual does not count as usual.
 */
public final class CommitWatch {
    static final Duration LEAST = Duration.ofSeconds(2);
    static final Duration MOST = Duration.ofSeconds(10);
    /** Whoever writes asks for a commit at once; after this time it was forgotten, or the commit is held up. */
    static final Duration LINGERING = Duration.ofMillis(500);

    /** Half of what Kafka's consumer hands out at once, so that more is waiting. */
    static final int FLOOD = 50;

    /**
     * A flood brings as much again with the next poll, however long commits take between them, or within that time; one page of a sweep does
     * not. It lasts until no poll has brought as much for so long.
     */
    static final Duration EBB = Duration.ofMillis(500);

    private static final int TIMES_USUAL = 3;

    /** How much of what is usual is kept after each quicker transaction. */
    private static final double MEMORY = 0.9;

    private final LongSupplier nanoClock;
    private final Map<String, Transactions> threads = new HashMap<>();
    private double usual;

    /** Those of one StreamThread. */
    private static final class Transactions {
        private boolean open;
        private long since;
        private long ended;
        private long commits;
        private long committedAt;
        private int requests;
        private int gathered;
        private boolean flooded;
        private int polledBefore;
        private @Nullable Long muchAt;
    }

    /** @param nanoClock monotonic */
    public CommitWatch(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** That StreamThread has written something. */
    public synchronized void written(String thread) {
        Transactions own = threads.computeIfAbsent(thread, name -> new Transactions());
        if (!own.open) {
            own.open = true;
            own.since = nanoClock.getAsLong();
        }
    }

    /** What that StreamThread had written is committed, if it had written anything. */
    public synchronized void committed(String thread) {
        Transactions own = threads.computeIfAbsent(thread, name -> new Transactions());
        own.commits++;
        own.committedAt = nanoClock.getAsLong();
        own.gathered = own.requests;
        own.requests = 0;
        if (own.open) {
            learn(own.committedAt - own.since);
            end(own);
        }
    }

    /** Transactions of that StreamThread that were committed, those included in which it wrote offsets alone. */
    public synchronized long commits(String thread) {
        Transactions own = threads.get(thread);
        return own == null ? 0 : own.commits;
    }

    /** Somebody waits for what that StreamThread has written. */
    public synchronized void requested(String thread) {
        threads.computeIfAbsent(thread, name -> new Transactions()).requests++;
    }

    /** How many had asked for the last of that StreamThread's commits. */
    public synchronized int gathered(String thread) {
        Transactions own = threads.get(thread);
        return own == null ? 0 : own.gathered;
    }

    /** Time since the last of them; a long one if there was none. */
    public synchronized Duration sinceCommit(String thread) {
        Transactions own = threads.get(thread);
        return own == null || own.commits == 0 ? MOST : Duration.ofNanos(nanoClock.getAsLong() - own.committedAt);
    }

    /** What that StreamThread had written is undone. */
    public synchronized void aborted(String thread) {
        Transactions own = threads.get(thread);
        if (own != null && own.open) {
            end(own);
        }
    }

    private static void end(Transactions own) {
        own.open = false;
        own.ended++;
    }

    private void learn(long nanos) {
        if (nanos <= 2 * patience()) {
            usual = Math.max((double) nanos, MEMORY * usual);
        }
    }

    private long patience() {
        return Math.clamp((long) (TIMES_USUAL * usual), LEAST.toNanos(), MOST.toNanos());
    }

    /** Whether something that StreamThread has written waits to be committed. */
    synchronized boolean open(String thread) {
        Transactions own = threads.get(thread);
        return own != null && own.open;
    }

    /** Whether a commit should be asked for once more: else what nobody asked for waits for the commit interval, 30 s. */
    synchronized boolean lingering(String thread) {
        Transactions own = threads.get(thread);
        return own != null && own.open && nanoClock.getAsLong() - own.since > LINGERING.toNanos();
    }

    /** Transactions of that StreamThread that were committed or aborted. */
    synchronized long ended(String thread) {
        Transactions own = threads.get(thread);
        return own == null ? 0 : own.ended;
    }

    /** That StreamThread has polled so many records. */
    public synchronized void polled(String thread, int records) {
        Transactions own = threads.computeIfAbsent(thread, name -> new Transactions());
        long now = nanoClock.getAsLong();
        boolean goesOn = own.polledBefore >= FLOOD || (own.muchAt != null && now - own.muchAt <= EBB.toNanos());
        own.polledBefore = records;
        if (records >= FLOOD) {
            own.flooded = goesOn;
            own.muchAt = now;
        } else {
            own.flooded &= goesOn;
        }
    }

    /** Whether more records wait for that StreamThread than it polls at once. */
    public synchronized boolean flooded(String thread) {
        Transactions own = threads.get(thread);
        return own != null && own.flooded;
    }

    /** Whether a transaction of any StreamThread waits for so long that it may not be committed at all. */
    public synchronized boolean overdue() {
        long now = nanoClock.getAsLong();
        long patience = patience();
        return threads.values().stream().anyMatch(own -> own.open && now - own.since > patience);
    }
}
