package io.sessionevents.local.command.bench;

import io.sessionevents.SessionEvents;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** An environment with a running service, sessions that stay idle, and a publisher. */
final class Bench implements AutoCloseable {
    private final LocalEnvironment environment;
    private final ConfluentSchemaRegistry registry;
    private final SessionEvents service;
    private final KafkaProducer<String, String> producer;
    private final SessionFactory factory = new SessionFactory(new Random(42), 1);

    Bench(Path directory, Duration latency, Map<String, String> settings) throws IOException, InterruptedException {
        environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, latency, Faults.NONE));
        registry = environment.registryClient();
        service = new SessionEvents(environment.configuration(settings), registry);
        service.start();
        Poll.await("the service running", service::running);
        producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", environment.kafka().bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
    }

    LocalEnvironment environment() {
        return environment;
    }

    SessionEvents service() {
        return service;
    }

    /** Makes a session that is idle for good, and publishes it. */
    SimulatedSession publishIdleSession(Instant now) {
        SimulatedSession session = factory.full(factory.key()).then("IDLE", now);
        environment.emr().add(session);
        var _ = producer.send(
                new ProducerRecord<>(LocalEnvironment.INPUT, session.key().toString()));
        return session;
    }

    @Override
    public void close() throws IOException {
        producer.close();
        service.close();
        registry.close();
        environment.close();
    }
}
