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
    private static final String CONSUMER = "-consumer";

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
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
        this.metrics = metrics;
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
        Map<String, Double> polled = new HashMap<>();
        Map<String, Heartbeats> seen = heartbeats(metrics.get(), polled);
        polls.observe(polled, now);
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

    /**
     * By name of the StreamThread; the polls are read last, so that none of them is older than an answer.
     *
     * @param polled takes in the polls of all StreamThreads, of those without a heartbeat too
     */
    private static Map<String, Heartbeats> heartbeats(
            Map<MetricName, ? extends Metric> all, Map<String, Double> polled) {
        Map<String, Double> answered = new HashMap<>();
        Map<String, Double> sinceSent = new HashMap<>();
        Map<String, Metric> polls = new HashMap<>();
        // Of thousands several times a second, so nothing is made of a name that is not wanted.
        all.forEach((name, metric) -> {
            if (name.group().equals("consumer-coordinator-metrics")) {
                switch (name.name()) {
                    case "heartbeat-total" -> answered.put(streamThread(name), value(metric));
                    case "last-heartbeat-seconds-ago" -> sinceSent.put(streamThread(name), value(metric));
                    default -> {}
                }
            } else if (name.group().equals("stream-thread-metrics")
                    && name.name().equals("poll-total")) {
                polls.put(name.tags().getOrDefault("thread-id", ""), metric);
            }
        });
        polls.forEach((streamThread, metric) -> polled.put(streamThread, value(metric)));
        Map<String, Heartbeats> heartbeats = new HashMap<>();
        answered.forEach((streamThread, count) -> {
            Double sent = sinceSent.get(streamThread);
            Double ended = polled.get(streamThread);
            if (sent != null && ended != null) {
                heartbeats.put(streamThread, new Heartbeats(count, sent, ended));
            }
        });
        return heartbeats;
    }

    private static String streamThread(MetricName name) {
        String client = name.tags().getOrDefault("client-id", "");
        return client.endsWith(CONSUMER) ? client.substring(0, client.length() - CONSUMER.length()) : client;
    }

    private static double value(Metric metric) {
        return ((Number) metric.metricValue()).doubleValue();
    }
}
