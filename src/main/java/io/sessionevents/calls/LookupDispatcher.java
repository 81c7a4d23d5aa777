package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of all tasks of this process, source by source: each source has a dispatcher with a budget, a queue and places in
 * flight of its own, so that a slow one takes nothing from the others. What holds for the whole process is shared: the
 * transactions of the StreamThreads, and the proof that its tasks are its own. Safe for use by all StreamThreads.
 */
public final class LookupDispatcher implements AutoCloseable {
    private final Map<String, SourceDispatcher> sources = new LinkedHashMap<>();
    private final Map<Integer, TaskMailbox> mailboxes = new ConcurrentHashMap<>();
    private final int partitions;
    private final LongSupplier nanoClock;
    private final CommitWatch commits;
    private final LookupHold hold;
    private final SweepCalls sweeps;

    /** The same for the default source alone, heard of by nobody. */
    public LookupDispatcher(
            SessionLookup lookup, CallBudget budget, LookupLimits limits, LongSupplier nanoClock, InstantSource clock) {
        this(lookup, budget, limits, nanoClock, clock, LookupListener.NONE);
    }

    /** The same for the default source alone. */
    public LookupDispatcher(
            SessionLookup lookup,
            CallBudget budget,
            LookupLimits limits,
            LongSupplier nanoClock,
            InstantSource clock,
            LookupListener listener) {
        this(List.of(new LookupSource(Source.DEFAULT, lookup, budget, limits, listener)), List.of(), nanoClock, clock);
    }

    /**
     * Makes a dispatcher that launches nothing before {@link #start}.
     *
     * @param sources one at least; their budgets are split over the same partitions
     * @param swept what the sweeps of these sources need
     * @param nanoClock monotonic
     */
    public LookupDispatcher(
            List<LookupSource> sources, List<SweepSource> swept, LongSupplier nanoClock, InstantSource clock) {
        this.partitions = sources.getFirst().limits().partitions();
        this.nanoClock = nanoClock;
        this.commits = new CommitWatch(nanoClock);
        this.hold = new LookupHold(commits, nanoClock);
        this.sweeps = new SweepCalls(swept, hold);
        sources.forEach(
                source -> this.sources.put(source.name(), new SourceDispatcher(source, hold, nanoClock, clock)));
    }

    /**
     * Starts launching lookups.
     *
     * @param onFailure told if launching ends for a reason that should not be; the service is of no use then
     */
    public void start(Consumer<Throwable> onFailure) {
        sources.values().forEach(source -> source.start(onFailure));
    }

    /** Monotonic; its nanoseconds are those of the leases. */
    public LongSupplier nanoClock() {
        return nanoClock;
    }

    /** To be told of the transactions of the StreamThreads. */
    public CommitWatch commits() {
        return commits;
    }

    /** Whether lookups are held although the budgets allow them. */
    public LookupHold hold() {
        return hold;
    }

    /** The calls of the sweeps. */
    public SweepCalls sweeps() {
        return sweeps;
    }

    /** Makes no call from that moment on, unless another moment is set; nanoseconds of the clock of the budgets. */
    public void leaseUntil(long nanos) {
        sources.values().forEach(source -> source.leaseUntil(nanos));
        sweeps.leaseUntil(nanos);
    }

    /**
     * Opens the mailbox of the task that has this partition. There is one such task in a process: a mailbox that was left open for the same
     * partition, because its thread died or its task could not be initialised, is closed.
     */
    public synchronized TaskMailbox open(int partition) {
        var mailbox = new TaskMailbox(this, partition);
        TaskMailbox leftOpen = mailboxes.put(partition, mailbox);
        if (leftOpen != null) {
            leftOpen.close();
        }
        hold.tasksSeen();
        sources.values().forEach(source -> source.open(mailbox));
        return mailbox;
    }

    void close(TaskMailbox mailbox) {
        mailboxes.remove(mailbox.partition(), mailbox);
        sources.values().forEach(source -> source.close(mailbox));
    }

    /** Whether sessions of the source of that name are looked up here. */
    public boolean reads(String source) {
        return sources.containsKey(source);
    }

    /** Who looks that session up; null if its source is not configured here. */
    @Nullable
    SourceDispatcher of(SessionKey key) {
        return sources.get(key.source());
    }

    /** False only if the thread of a dispatcher died unexpectedly; it is not restarted. */
    public boolean alive() {
        return sources.values().stream().allMatch(SourceDispatcher::alive);
    }

    /** How the lookups stand now. */
    public LookupStatistics statistics() {
        Map<String, SourceStatistics> bySource = new LinkedHashMap<>();
        sources.forEach((name, source) -> bySource.put(name, source.statistics()));
        return new LookupStatistics(mailboxes.size(), partitions, hold.reason(), unconfigured(), bySource);
    }

    private Map<String, Integer> unconfigured() {
        Map<String, Integer> sessions = new TreeMap<>();
        mailboxes
                .values()
                .forEach(mailbox -> mailbox.sources().stream()
                        .filter(name -> !sources.containsKey(name))
                        .forEach(name -> sessions.merge(name, mailbox.tracked(name), Integer::sum)));
        sessions.values().removeIf(count -> count == 0);
        return sessions;
    }

    /** Tasks that look sessions up here. */
    public int tasks() {
        return mailboxes.size();
    }

    /** Names of the StreamThreads that have tasks. */
    public Set<String> threads() {
        return Stream.concat(mailboxes.values().stream().map(TaskMailbox::thread), sweeps.threads().stream())
                .collect(Collectors.toSet());
    }

    /** Ends all lookups; results that are still to come are dropped. */
    @Override
    public void close() {
        sources.values().forEach(SourceDispatcher::close);
    }
}
