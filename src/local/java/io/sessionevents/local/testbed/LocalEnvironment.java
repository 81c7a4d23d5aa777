package io.sessionevents.local.testbed;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.DeadLetters;
import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.AccessKey;
import io.sessionevents.local.simulator.AwsAccount;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Broker, registry and AWS together, with the topics created: all that the service needs, on loopback. */
public record LocalEnvironment(Kafka kafka, Registry registry, SimulatedEmrServerless emr, Path directory)
        implements AutoCloseable {
    public static final String INPUT = "session-ids";
    public static final String OUTPUT = "session-state-changed";
    public static final String USAGE = "session-usage";
    public static final String ALERTS = "session-alerts";
    public static final String DEAD_LETTERS = "session-ids-dlq";

    /** By whose credentials the service calls. */
    public static final AccessKey USER =
            AccessKey.of(AwsAccount.DEFAULT, "session-events", "AKIALOCALENVIRONMENT", "local");

    private static final int PARTITIONS = 12;
    private static final String LARGE = Integer.toString(8 * 1024 * 1024);
    private static final String ANY_TIME = Long.toString(Long.MAX_VALUE);
    private static final String LARGER = Integer.toString(9 * 1024 * 1024);

    /**
     * Starts everything.
     *
     * @param kafkaPort 0 for a free one
     * @param registryPort 0 for a free one
     * @param directory for the broker's data and the service's state
     */
    public static LocalEnvironment start(
            int kafkaPort, int registryPort, Path directory, SimulatedEmrServerless.Options emr)
            throws IOException, InterruptedException {
        return start(new Places(kafkaPort, registryPort, 0), directory, emr);
    }

    /**
     * Ports of loopback, 0 for a free one.
     *
     * @param kafka must be free
     * @param registry another is taken if it is not free
     * @param emr likewise
     */
    public record Places(int kafka, int registry, int emr) {}

    /** Starts everything at these places, or nothing. */
    public static LocalEnvironment start(Places places, Path directory, SimulatedEmrServerless.Options emr)
            throws IOException, InterruptedException {
        try (var undo = new Undo()) {
            var kafka = EmbeddedKafka.start(places.kafka(), directory.resolve("kafka"));
            undo.add(kafka::close);
            var registry = registry(places.registry());
            undo.add(registry::close);
            var environment = of(kafka, registry, directory, places.emr(), emr);
            var _ = undo.handOver();
            return environment;
        }
    }

    private static LocalRegistry registry(int wanted) throws IOException {
        try (var claim = Ports.claimOrAnother(wanted)) {
            return LocalRegistry.start(new LocalRegistry.Options(claim.ports().getFirst(), "", null, null, false));
        }
    }

    private static SimulatedEmrServerless endpoint(int wanted, SimulatedEmrServerless.Options emr) throws IOException {
        try (var claim = Ports.claimOrAnother(wanted)) {
            var address = new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.1"), claim.ports().getFirst());
            return SimulatedEmrServerless.start(InstantSource.system(), emr, address);
        }
    }

    /** Starts the simulated AWS and makes the topics; what is given is closed with the environment. */
    public static LocalEnvironment of(
            Kafka kafka, Registry registry, Path directory, SimulatedEmrServerless.Options emr)
            throws IOException, InterruptedException {
        return of(kafka, registry, directory, 0, emr);
    }

    private static LocalEnvironment of(
            Kafka kafka, Registry registry, Path directory, int emrPort, SimulatedEmrServerless.Options emr)
            throws IOException, InterruptedException {
        // The SDK's default chain finds these; whether the simulated endpoint wants them is its options' matter.
        System.setProperty("aws.accessKeyId", USER.id());
        System.setProperty("aws.secretAccessKey", USER.secret());
        createTopics(kafka);
        return new LocalEnvironment(kafka, registry, endpoint(emrPort, emr), directory);
    }

    /** Makes the topics that the service reads and writes, unless they are there. */
    static void createTopics(Kafka kafka) throws InterruptedException {
        kafka.createTopic(
                INPUT, PARTITIONS, Map.of("max.message.bytes", LARGE, "message.timestamp.after.max.ms", ANY_TIME));
        kafka.createTopic(OUTPUT, PARTITIONS, Map.of());
        kafka.createTopic(USAGE, PARTITIONS, Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", ANY_TIME));
        kafka.createTopic(ALERTS, PARTITIONS, Map.of());
        kafka.createTopic(DEAD_LETTERS, 1, Map.of("max.message.bytes", LARGER));
    }

    /** The configuration of a service in this environment. */
    public Configuration configuration(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.putAll(more);
        return Configuration.loader().withFlags(settings).load();
    }

    /** The keys that lead a service here. */
    public Map<String, String> settings() {
        return Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "aws.endpoint.url", emr.url().toString(),
                "aws.region", "us-east-1",
                "kafka.state.dir", directory.resolve("state").toString(),
                "http.port", "0");
    }

    /** A consumer of the change events that sees what is committed. */
    public ChangeReader changes() {
        return new ChangeReader(
                kafka.bootstrapServers(), OUTPUT, registry.url(), ChangeReader.Isolation.READ_COMMITTED);
    }

    /** Every event committed so far. */
    public List<ObservedChange> events() {
        List<ObservedChange> events = new ArrayList<>();
        try (var reader = changes()) {
            reader.pollToEnd(event -> events.add(ObservedChange.of(event)));
        }
        return events;
    }

    /** All usage committed so far. */
    public List<ObservedUsage> usage() {
        List<ObservedUsage> usage = new ArrayList<>();
        try (var reader = new ChangeReader(
                kafka.bootstrapServers(), USAGE, registry.url(), ChangeReader.Isolation.READ_COMMITTED)) {
            reader.pollToEnd(record -> usage.add(ObservedUsage.of(record)));
        }
        return usage;
    }

    /** All alerts committed so far. */
    public List<ObservedAlert> alerts() {
        List<ObservedAlert> alerts = new ArrayList<>();
        try (var reader = new ChangeReader(
                kafka.bootstrapServers(), ALERTS, registry.url(), ChangeReader.Isolation.READ_COMMITTED)) {
            reader.pollToEnd(record -> alerts.add(ObservedAlert.of(record)));
        }
        return alerts;
    }

    /** Every dead letter committed so far, without the marks of those that were replayed. */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return DeadLetters.all(kafka.bootstrapServers(), DEAD_LETTERS);
    }

    /** A client of the registry. */
    public ConfluentSchemaRegistry registryClient() {
        return new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
    }

    @Override
    public void close() {
        emr.close();
        registry.close();
        kafka.close();
    }
}
