package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.DeadLetters;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.workload.Load;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A service that may be a mutant, with topics and sessions of its own, on the broker and at the endpoint of all the others. */
final class Suspect implements AutoCloseable {
    static final Duration LATENCY = Duration.ofMillis(200);

    /** More than a session or an event may wait. */
    private static final int MANY_ROUNDS = 25;

    /** More than a state may be looked up without an event. */
    private static final int FEW_ROUNDS = 8;

    private static final int EVENTS = 40;
    private static final int PARTITIONS = 2;
    private static final int FLAPPING = 6;
    private static final int LIVING = 2;

    /** So that there is always somebody to look at, by which rounds are counted. */
    private static final int IDLE = 2;

    private static final int SESSIONS = FLAPPING + LIVING + IDLE;
    private static final double RATE = 20;
    private static final double TOO_FAST = 15;
    /** Far below, because a busy machine slows the suspect down as well. */
    private static final double TOO_SLOW_FOR_THAT = 2;

    private final LocalEnvironment environment;
    private final Kind kind;
    private final RunningService running;
    private final Watch watch;
    private final Load load;

    private Suspect(LocalEnvironment environment, Kind kind, Map<String, String> settings, Load.Plan plan, long seed) {
        this.environment = environment;
        this.kind = kind;
        this.running = RunningService.start(environment, settings);
        this.watch = Watch.start(new ChangeReader(
                environment.kafka().bootstrapServers(),
                Mutant.topic("changes", kind),
                environment.registry().url(),
                ChangeReader.Isolation.READ_COMMITTED));
        this.load = new Load(environment, seed, plan);
    }

    /** Starts it; nothing is published yet. */
    static Suspect start(LocalEnvironment environment, Kind kind) throws Exception {
        for (String topic : List.of("ids", "changes", "dead")) {
            environment
                    .kafka()
                    .createTopic(Mutant.topic(topic, kind), PARTITIONS, Map.of("max.message.bytes", "9000000"));
        }
        var plan = new Load.Plan(Mutant.topic("ids", kind), PARTITIONS, FLAPPING / PARTITIONS, LIVING, IDLE, 10);
        return new Suspect(
                environment,
                kind,
                settings(environment, kind),
                plan,
                kind.name().hashCode());
    }

    private static Map<String, String> settings(LocalEnvironment environment, Kind kind) {
        return Map.ofEntries(
                Map.entry("application.id", "suspect-" + kind),
                Map.entry("input.topic", Mutant.topic("ids", kind)),
                Map.entry("output.topic", Mutant.topic("changes", kind)),
                Map.entry("dead.letter.topic", Mutant.topic("dead", kind)),
                Map.entry("tracking.partitions", Integer.toString(PARTITIONS)),
                Map.entry("budget.get-session", Double.toString(kind == Kind.FAST ? TOO_FAST : RATE)),
                Map.entry("lookup.interval.min", "100 ms"),
                // Many suspects share a machine.
                Map.entry("kafka.poll.ms", "50"),
                // On a machine that is busy for seconds, an answer would be too late for the service and there for the
                // judge.
                Map.entry("lookup.timeout", "60 s"),
                Map.entry(
                        "kafka.state.dir",
                        environment.directory().resolve("state-" + kind).toString()),
                Map.entry("kafka.producer.interceptor.classes", Mutant.class.getName()),
                Map.entry("kafka.producer." + Mutant.KIND, kind.name()),
                Map.entry("kafka.consumer.interceptor.classes", DeafMutant.class.getName()),
                Map.entry("kafka.consumer." + Mutant.KIND, kind.name()));
    }

    /** Tries it: the names of the promises that it broke. */
    Set<String> broken(Consumer<String> examples) throws Exception {
        Evidence evidence = kind.triedByWishes() ? wishes() : evidence();
        if (!kind.triedByWishes() && evidence.observable() < EVENTS / 2) {
            throw new IllegalStateException(kind + " was shown " + evidence.observable() + " states only");
        }
        Verdict verdict = evidence.judge(kind.triedByWishes() ? Promise.of(Promise.WISHES_HEARD) : Promise.OF_A_FLEET);
        verdict.examples().forEach(examples);
        return verdict.broken();
    }

    private Evidence wishes() throws InterruptedException {
        try (var wishes = Wishes.start(environment, kind)) {
            return wishes.evidence();
        }
    }

    /** Lets it track sessions until there is enough to judge by: what it did. */
    private Evidence evidence() throws Exception {
        Instant begin = Instant.now();
        load.start();
        Poll.await(
                kind + " reports",
                () -> List.of(watch.count(), looks(begin)),
                () -> watch.count() >= EVENTS && looks(begin) > rounds() * SESSIONS);
        load.finish();
        Instant finish = Instant.now();
        Poll.await(
                kind + " reports ends",
                () -> looks(finish),
                () -> Mutant.done(kind) && looksSinceDone(finish) > rounds() * (IDLE + LIVING) && dead());
        Instant until = Instant.now();
        running.service().close();
        if (kind == Kind.LATE_END) {
            Mutant.tellHeldBack(environment.kafka().bootstrapServers());
        }
        double budget = kind == Kind.FAST ? TOO_SLOW_FOR_THAT : RATE;
        return new Evidence(
                truth(),
                load.asked(),
                watch.finish().with(deadLetters()),
                List.of(),
                until,
                new Evidence.Limits(20, 20, budget));
    }

    private int rounds() {
        return kind.slow() ? MANY_ROUNDS : FEW_ROUNDS;
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return DeadLetters.all(environment.kafka().bootstrapServers(), Mutant.topic("dead", kind));
    }

    /** Nothing follows the last records, by which one could tell that they were read. */
    private boolean dead() {
        return kind == Kind.DROP_DEAD_LETTER
                || deadLetters().size() >= load.asked().unreadable();
    }

    /** Where it ends a session late on a slow machine, the rounds that show it begin there. */
    private int looksSinceDone(Instant finish) {
        Instant done = Mutant.doneAt(kind);
        return looks(done.isAfter(finish) ? done : finish);
    }

    private int looks(Instant since) {
        Map<SessionKey, Integer> looks = environment.emr().looksSince(since);
        looks.keySet().retainAll(load.published().keySet());
        return looks.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Truth truth() {
        return environment.emr().truth().of(load.published().keySet());
    }

    @Override
    public void close() throws IOException {
        load.close();
        watch.close();
        running.close();
    }
}
