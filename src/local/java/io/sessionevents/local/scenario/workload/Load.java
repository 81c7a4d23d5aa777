package io.sessionevents.local.scenario.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * What goes on all the while, on a thread of its own: sessions that live and end, sessions that flap faster than they can be
 * looked at, and a stream of IDs with repetitions, sessions that have ended long ago, and one record in a hundred that no
 * one can read.
 */
public final class Load implements AutoCloseable {
    private static final int TICK_MILLIS = 100;

    /** IDs that were published before come again once in so many ticks. */
    private static final int TICKS_PER_REPETITION = 3;

    /** Lives of ten minutes in two and a half. */
    private static final double COMPRESSION = 4;

    private final LocalEnvironment environment;
    private final Random random;
    private final Workload workload;
    private final Map<SessionKey, Instant> flapping = new HashMap<>();
    private final List<SimulatedSession> living = new ArrayList<>();
    private final List<SessionKey> everyone = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "load");
    private final Plan plan;
    private int ticks;
    private int records;

    /**
     * What it consists of.
     *
     * @param input topic of the ids
     * @param partitions of that topic, with so many flapping sessions in each
     * @param living sessions at any time
     * @param idle how many more sessions do nothing at all, so that there are more to look at
     * @param recordsPerPoison one record in so many can be read by no one
     */
    public record Plan(String input, int partitions, int flapping, int living, int idle, int recordsPerPoison) {
        /** One flapping session in each of twelve partitions, and twelve that live. */
        public static Plan usual(int idle) {
            return new Plan(LocalEnvironment.INPUT, 12, 1, 12, idle, 100);
        }
    }

    /** Not started yet. */
    public Load(LocalEnvironment environment, long seed, Plan plan) {
        this.environment = environment;
        this.random = new Random(seed);
        this.workload = new Workload(environment, plan.input(), random, COMPRESSION);
        this.plan = plan;
    }

    /** Makes the first sessions and goes on by itself. */
    public void start() {
        Instant now = Instant.now();
        for (int i = 0; i < plan.idle(); i++) {
            track(workload.sessions().minimal(workload.sessions().key()).then("IDLE", now));
        }
        for (int partition = 0; partition < plan.partitions(); partition++) {
            for (int i = 0; i < plan.flapping(); i++) {
                SimulatedSession session =
                        workload.sessions().full(keyIn(partition)).then("IDLE", now);
                track(session);
                flapping.put(session.key(), nextFlap(now));
            }
        }
        thread.start();
    }

    /** Sessions in every partition that change all the time. */
    public Set<SessionKey> flapping() {
        return Set.copyOf(flapping.keySet());
    }

    /** When the broker had each published session. */
    public Map<SessionKey, Instant> published() {
        return workload.published();
    }

    /** What the service was asked for. */
    public Evidence.Asked asked() {
        return workload.asked();
    }

    /** Ends the flapping sessions and publishes no more. */
    public void finish() {
        close();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        flapping.keySet().forEach(key -> environment.emr().become(key, "TERMINATED"));
    }

    private void run() {
        try {
            while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                tick(Instant.now());
            }
            workload.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void tick(Instant now) {
        ticks++;
        flapping.replaceAll((key, next) -> next.isAfter(now) ? next : flap(key, now));
        living.removeIf(session -> ended(session, now));
        if (living.size() < plan.living()) {
            SimulatedSession session = workload.sessions().living(now);
            living.add(session);
            track(session);
        }
        if (ticks % TICKS_PER_REPETITION == 0) {
            publish(everyone.get(random.nextInt(everyone.size())));
        }
    }

    private Instant flap(SessionKey key, Instant now) {
        List<Phase> life = environment.emr().truth(key);
        environment.emr().become(key, life.getLast().state().equals("IDLE") ? "BUSY" : "IDLE");
        return nextFlap(now);
    }

    private Instant nextFlap(Instant now) {
        return now.plusMillis(500 + random.nextInt(2_000));
    }

    private static boolean ended(SimulatedSession session, Instant now) {
        return !session.phases().getLast().from().isAfter(now);
    }

    private SessionKey keyIn(int partition) {
        SessionKey key = workload.sessions().key();
        while (BuiltInPartitioner.partitionForKey(key.toString().getBytes(UTF_8), plan.partitions()) != partition) {
            key = workload.sessions().key();
        }
        return key;
    }

    private void track(SimulatedSession session) {
        environment.emr().add(session);
        everyone.add(session.key());
        publish(session.key());
    }

    private void publish(SessionKey key) {
        if (++records % plan.recordsPerPoison() == 0) {
            workload.publishUnreadable(poison());
        }
        workload.publish(key, text(key));
    }

    private String text(SessionKey key) {
        return random.nextBoolean()
                ? key.toString()
                : "{\"applicationId\":\"" + key.applicationId() + "\",\"sessionId\":\"" + key.sessionId() + "\"}";
    }

    private String poison() {
        return switch (random.nextInt(3)) {
            case 0 -> "{\"applicationId\":";
            case 1 -> "../../etc/passwd/x";
            default -> "\u0001 neither a frame nor text";
        };
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            boolean _ = thread.getState() == Thread.State.NEW || thread.join(Poll.STANDSTILL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workload.close();
    }
}
