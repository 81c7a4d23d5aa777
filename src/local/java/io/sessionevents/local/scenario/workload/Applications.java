package io.sessionevents.local.scenario.workload;

import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Applications in which sessions begin by themselves, with whole lives drawn beforehand: the same seed and the same beginning make
 * the same sessions at the same times at any endpoint. Owned by one thread.
 */
public final class Applications {
    private final SimulatedEmrServerless emr;
    private final RandomGenerator random;
    private final SessionFactory factory;
    private final List<String> ids;
    private final List<SimulatedSession> sessions = new ArrayList<>();

    private Applications(SimulatedEmrServerless emr, long seed, int count) {
        this.emr = emr;
        this.random = new Random(seed);
        this.factory = new SessionFactory(random, 1, emr.account());
        this.ids = Stream.generate(factory::identifier).limit(count).toList();
        ids.forEach(emr.lists()::add);
    }

    /**
     * How sessions live.
     *
     * @param busy how long they are in the mean
     * @param idle likewise
     */
    public record Lives(Duration busy, Duration idle) {
        /** A notebook that somebody works with. */
        public static final Lives USUAL = new Lives(Duration.ofSeconds(60), Duration.ofSeconds(180));
    }

    /** So many, without sessions. */
    public static Applications at(SimulatedEmrServerless emr, long seed, int count) {
        return new Applications(emr, seed, count);
    }

    public List<String> ids() {
        return ids;
    }

    /** Those that were made so far. */
    public List<SimulatedSession> sessions() {
        return List.copyOf(sessions);
    }

    /** So many in each, that are busy and idle in turn until then, and beyond. They begin in the course of that time. */
    public void endless(int sessionsEach, Lives lives, Instant begin, Duration spread, Instant until) {
        for (String id : ids) {
            endless(id, sessionsEach, lives, begin, spread, until);
        }
    }

    /** The same in one of them. */
    public void endless(String id, int count, Lives lives, Instant begin, Duration spread, Instant until) {
        for (int i = 0; i < count; i++) {
            SimulatedSession session = factory.full(factory.key(id));
            Instant now = begin.plus(within(spread));
            boolean busy = random.nextBoolean();
            while (now.isBefore(until)) {
                session.then(busy ? "BUSY" : "IDLE", now);
                now = now.plus(drawn(busy ? lives.busy() : lives.idle()));
                busy = !busy;
            }
            add(session);
        }
    }

    /**
     * So many, each in any of them, that begin within that time and live for 1 to 30 s; every tenth for 2 s, and every twelfth
     * fails.
     */
    public void shortLived(int count, Instant begin, Duration spread) {
        for (int i = 0; i < count; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            Instant from = begin.plus(within(spread));
            long life = i % 10 == 0 ? 2_000 : 1_000 + random.nextLong(29_000);
            SimulatedSession session = (i % 4 == 0 ? factory.minimal(factory.key(id)) : factory.full(factory.key(id)))
                    .then("SUBMITTED", from)
                    .then("STARTING", from.plusMillis(life / 5))
                    .then("STARTED", from.plusMillis(life / 2))
                    .then("BUSY", from.plusMillis(life * 3 / 5));
            add(session.then(i % 12 == 0 ? "FAILED" : "TERMINATED", from.plusMillis(life)));
        }
    }

    private void add(SimulatedSession session) {
        emr.add(session);
        sessions.add(session);
    }

    private Duration within(Duration spread) {
        return Duration.ofMillis(random.nextLong(Math.max(1, spread.toMillis())));
    }

    /** Exponential: whoever has waited does not know how much longer. */
    private Duration drawn(Duration mean) {
        double millis = -Math.log(1 - random.nextDouble()) * mean.toMillis();
        return Duration.ofMillis(1 + (long) millis);
    }
}
