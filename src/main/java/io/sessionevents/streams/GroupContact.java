package io.sessionevents.streams;

import io.sessionevents.streams.MembershipProof.Heartbeats;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties the call budgets to the membership of the consumer group: a process that was frozen or cut off for longer than the
 * session time-out may have lost its tasks to others without knowing, and makes no call until its StreamThreads have been
 * heard from the group again. Reads Kafka's own metrics a few times a second, on a thread of its own.
 */
public final class GroupContact implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupContact.class);
    private static final long INTERVAL_MILLIS = 200;

    private final ContactMetrics metrics;
    private final Supplier<Set<String>> threadsWithTasks;
    private final LongConsumer lease;
    private final Duration sessionTimeout;
    private final LongSupplier nanoClock;
    private final PollWatch polls;
    private final Map<String, MembershipProof> proofs = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean inContact;

    /**
     * Makes one that does nothing before {@link #start}.
     *
     * @param metrics of the Kafka Streams client, its consumers' included
     * @param threadsWithTasks names of the StreamThreads that count
     * @param lease told until when calls may be made, in nanoseconds of the clock
     * @param sessionTimeout after which the group gives the tasks of a silent member away
     * @param polls told of the StreamThreads' polls, which are among the metrics
     */
    public GroupContact(
            Supplier<Map<MetricName, ? extends Metric>> metrics,
            Supplier<Set<String>> threadsWithTasks,
            LongConsumer lease,
            Duration sessionTimeout,
            PollWatch polls,
            LongSupplier nanoClock) {
        this.metrics = new ContactMetrics(metrics);
        this.threadsWithTasks = threadsWithTasks;
        this.lease = lease;
        this.sessionTimeout = sessionTimeout;
        this.polls = polls;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofPlatform().name("group-contact").daemon().unstarted(this::watch);
    }

    /** From now on the budgets allow calls only while the membership is proven. */
    public void start() {
        lease.accept(nanoClock.getAsLong());
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** False only if the watching thread died unexpectedly; it is not restarted. */
    public boolean watching() {
        return thread.getState() != Thread.State.TERMINATED || closed.getCount() == 0;
    }

    private void watch() {
        try {
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                observe();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Renews the lease by what is proven now. */
    void observe() {
        long now = nanoClock.getAsLong();
        Map<String, Heartbeats> seen = metrics.heartbeats(inContact, now);
        polls.observe(metrics.polls(), now);
        proofs.keySet().retainAll(seen.keySet());
        seen.forEach((streamThread, heartbeats) -> proofs.computeIfAbsent(
                        streamThread, name -> new MembershipProof(sessionTimeout.toNanos(), now))
                .observe(heartbeats, now));
        long until = threadsWithTasks.get().stream()
                .mapToLong(name -> Optional.ofNullable(proofs.get(name))
                        .map(MembershipProof::provenUntil)
                        .orElse(now))
                .min()
                .orElse(now);
        lease.accept(until);
        report(until - now > 0, !threadsWithTasks.get().isEmpty());
    }

    private void report(boolean contact, boolean hasTasks) {
        if (inContact && !contact && hasTasks) {
            log.atWarn().log("No contact with the consumer group for {}, no call is made", sessionTimeout);
        } else if (!inContact && contact) {
            log.atInfo().log("In contact with the consumer group");
        }
        inContact = contact;
    }
}
