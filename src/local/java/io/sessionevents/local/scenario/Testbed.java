package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.workload.Load;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.EmbeddedKafka;
import io.sessionevents.local.testbed.Fleet;
import io.sessionevents.local.testbed.Kafka;
import io.sessionevents.local.testbed.KafkaCluster;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Brokers, registry, AWS, a fleet of instances, a load, and consumers that watch: all that a fault is tried on. */
public record Testbed(
        LocalEnvironment environment,
        Fleet fleet,
        Load load,
        Watch committed,
        Watch uncommitted,
        Random random,
        Setting setting)
        implements AutoCloseable {
    /**
     * How a world is made.
     *
     * @param cluster whether there are three brokers in three processes; else one, in this process
     * @param instances of the service
     * @param staticIdentity whether instances are known to the group by name
     * @param rate lookups per second of the whole fleet
     * @param latency of AWS
     * @param idle sessions that do nothing
     * @param settings beside the usual ones
     */
    public record Setting(
            boolean cluster,
            int instances,
            boolean staticIdentity,
            double rate,
            Duration latency,
            int idle,
            Map<String, String> settings) {
        private static final double RATE = 20;
        private static final Duration LATENCY = Duration.ofMillis(50);

        public static final Setting USUAL = new Setting(false, 3, false, RATE, LATENCY, 0, Map.of());
        public static final Setting STATIC = new Setting(false, 3, true, RATE, LATENCY, 0, Map.of());
        public static final Setting CLUSTER = new Setting(true, 3, false, RATE, LATENCY, 0, Map.of());
        public static final Setting ALONE = new Setting(false, 1, false, RATE, LATENCY, 0, Map.of());
        /** More than a hundred calls in flight at any time. */
        public static final Setting CROWDED =
                new Setting(false, 2, false, 60, Duration.ofMillis(2_200), 180, Map.of("lookup.max.concurrent", "160"));

        /** Twenty calls in flight at any time. */
        public static final Setting BUSY = new Setting(false, 3, false, 30, Duration.ofSeconds(1), 40, Map.of());

        /** Calls are waited for that long; instances are known by name. */
        public static Setting patient(Duration timeout) {
            return new Setting(
                    false,
                    3,
                    true,
                    RATE,
                    LATENCY,
                    0,
                    Map.of("lookup.timeout", timeout.toSeconds() + " s", "lookup.retry.max.attempts", "1"));
        }

        /** The same with so many instances. */
        public Setting instances(int count) {
            return new Setting(cluster, count, staticIdentity, rate, latency, idle, settings);
        }

        /** The same with more settings of the service. */
        public Setting with(Map<String, String> more) {
            Map<String, String> all = new HashMap<>(settings);
            all.putAll(more);
            return new Setting(cluster, instances, staticIdentity, rate, latency, idle, all);
        }
    }

    /**
     * Starts everything.
     *
     * @param home of the distribution
     * @param javaOptions of the instances' JVMs, beside the usual ones
     */
    public static Testbed start(Setting setting, Path home, String javaOptions, Path directory, long seed)
            throws IOException, InterruptedException {
        Kafka kafka = setting.cluster()
                ? KafkaCluster.start(directory.resolve("kafka"))
                : EmbeddedKafka.start(0, directory.resolve("kafka"));
        LocalEnvironment environment = LocalEnvironment.of(
                kafka,
                LocalRegistry.start(LocalRegistry.Options.PLAIN),
                directory,
                new SimulatedEmrServerless.Options(1e9, 1_000_000, setting.latency(), Faults.NONE));
        Map<String, String> settings = new HashMap<>(setting.settings());
        settings.put("budget.get-session", Double.toString(setting.rate()));
        settings.put("lookup.interval.min", "500 ms");
        var fleet = new Fleet(environment, home, settings, setting.staticIdentity(), javaOptions);
        try {
            for (int number = 0; number < setting.instances(); number++) {
                fleet.start(number);
            }
            Watch committed = watch(environment, ChangeReader.Isolation.READ_COMMITTED);
            Watch uncommitted = watch(environment, ChangeReader.Isolation.READ_UNCOMMITTED);
            var load = new Load(environment, seed, Load.Plan.usual(setting.idle()));
            load.start();
            return new Testbed(environment, fleet, load, committed, uncommitted, new Random(seed), setting);
        } catch (IOException | RuntimeException e) {
            fleet.close();
            environment.close();
            throw e;
        }
    }

    private static Watch watch(LocalEnvironment environment, ChangeReader.Isolation isolation) {
        return Watch.start(new ChangeReader(
                environment.kafka().bootstrapServers(),
                LocalEnvironment.OUTPUT,
                environment.registry().url(),
                isolation));
    }

    /** Waits until so many rounds of looks were made from now on, or nothing is left to look at. */
    public void awaitRounds(int rounds) throws InterruptedException {
        Instant since = Instant.now();
        Supplier<Integer> looks = () -> environment.emr().looksSince(since).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        Poll.await(rounds + " rounds of looks", looks, () -> {
            Set<SessionKey> left = new HashSet<>(load.published().keySet());
            left.removeAll(environment.emr().truth().endedBy(Instant.now()));
            return left.isEmpty() || looks.get() >= rounds * left.size();
        });
    }

    /** Any of the instances. */
    public int anyInstance() {
        return someInstances(1).getFirst();
    }

    /** So many different ones. */
    public List<Integer> someInstances(int count) {
        List<Integer> numbers = new ArrayList<>(fleet.numbers());
        Collections.shuffle(numbers, random);
        return List.copyOf(numbers.subList(0, count));
    }

    public KafkaCluster cluster() {
        return (KafkaCluster) environment.kafka();
    }

    @Override
    public void close() throws IOException {
        load.close();
        committed.close();
        uncommitted.close();
        fleet.close();
        environment.close();
    }
}
