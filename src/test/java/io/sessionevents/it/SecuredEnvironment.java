package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.history.HistoryTopics;
import io.sessionevents.history.TopicHistories;
import io.sessionevents.it.RecordingAuthorizer.Allowed;
import io.sessionevents.local.scenario.workload.ForeignPublisher;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.local.testbed.RunningService;
import io.sessionevents.local.testbed.SecuredKafka;
import io.sessionevents.preflight.RequiredAcl;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.StringSerializer;

/** A local environment whose broker lets the service do exactly what {@link RequiredAcl} says. */
record SecuredEnvironment(LocalEnvironment all, SecuredKafka kafka, Admin admin, List<Allowed> used)
        implements AutoCloseable {
    private static final String USER = "service";

    /** Starts it, with all permissions granted. */
    static SecuredEnvironment start(Path directory) throws IOException, InterruptedException, ExecutionException {
        SecuredKafka kafka = SecuredKafka.start(directory.resolve("kafka"), RecordingAuthorizer.class, List.of(USER));
        LocalEnvironment all = LocalEnvironment.of(
                kafka,
                LocalRegistry.start(LocalRegistry.Options.PLAIN),
                directory,
                SimulatedEmrServerless.Options.UNLIMITED);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        var environment = new SecuredEnvironment(all, kafka, admin, new ArrayList<>());
        for (RequiredAcl acl : environment.permissions()) {
            environment.grant(acl);
        }
        return environment;
    }

    /**
     * Runs the service until it has tracked a session to its end, written its usage and a dead letter, and deleted requests, those
     * for sweeps, and waiting records that it has read, and then reads the history of the session: a witness that the permissions
     * suffice.
     */
    SimulatedSession trackASession() throws IOException, InterruptedException {
        var factory = new SessionFactory(new Random(5), 1);
        SimulatedSession session = factory.full(factory.key()).then("SUBMITTED", Instant.now());
        emr().add(session);
        Map<String, String> settings = new HashMap<>(kafka.login(USER));
        settings.put("kafka.repartition.purge.interval.ms", "100");
        settings.put("usage.looks", "100 ms, 300 ms");
        settings.put("usage.settle.after", "100 ms");
        // Of the topics that validate is shown afterwards, with no such setting.
        settings.put("tracking.partitions", "12");
        try (var _ = RunningService.quick(all, settings);
                var publisher = new Publisher(all);
                var foreign = ForeignPublisher.registered(all);
                var events = new Events(all)) {
            publisher.publish("no session");
            // Its schema is not there yet when it comes.
            foreign.publish(session.key());
            publisher.publish(session.key());
            events.await(session.key(), "SUBMITTED");
            emr().become(session.key(), "TERMINATED");
            events.await(session.key(), "TERMINATED");
            await().until(() -> RecordingAuthorizer.allowed(USER).stream()
                    .anyMatch(one ->
                            one.operation() == AclOperation.WRITE && one.name().equals(LocalEnvironment.USAGE)));
            await().until(() -> RecordingAuthorizer.allowed(USER).stream()
                            .filter(one -> one.operation() == AclOperation.DELETE)
                            .map(Allowed::name)
                            .distinct()
                            .count()
                    == 3);
        }
        assertThat(history(session.key().toString()).entries()).hasSizeGreaterThanOrEqualTo(3);
        used.addAll(RecordingAuthorizer.allowed(USER));
        return session;
    }

    /** As the HTTP API of the service reads it. */
    SessionHistory history(String session) throws InterruptedException {
        try (var registry = all.registryClient()) {
            return TopicHistories.of(
                            all.configuration(kafka.login(USER)).kafka().client("consumer."),
                            HistoryTopics.of(configuration().topics()),
                            registry,
                            System::nanoTime)
                    .of(SessionKey.parse(session), null);
        }
    }

    List<RequiredAcl> permissions() {
        return RequiredAcl.of(configuration());
    }

    Configuration configuration() {
        return all.configuration(Map.of());
    }

    /** The keys that lead a service here, and log it in. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(all.settings());
        settings.putAll(kafka.login(USER));
        return settings;
    }

    SimulatedEmrServerless emr() {
        return all.emr();
    }

    /** What nobody can decode, which does not matter to who may not read it. */
    void writeAlert(String session) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(LocalEnvironment.ALERTS, session, "an alert"))
                    .get();
        }
    }

    /** Whether the service was let see that topic so far. */
    boolean saw(String topic) {
        return RecordingAuthorizer.allowed(USER).stream()
                .anyMatch(one ->
                        one.operation() == AclOperation.DESCRIBE && one.name().equals(topic));
    }

    void grant(RequiredAcl acl) throws InterruptedException, ExecutionException {
        admin.createAcls(bindings(acl)).all().get();
    }

    void revoke(RequiredAcl acl) throws InterruptedException, ExecutionException {
        admin.deleteAcls(bindings(acl).stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    Collection<String> topics() throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }

    void deleteTopics(List<String> names) throws InterruptedException, ExecutionException {
        admin.deleteTopics(names).all().get();
    }

    @Override
    public void close() {
        admin.close();
        all.close();
    }

    private static List<AclBinding> bindings(RequiredAcl acl) {
        return acl.operations().stream()
                .map(operation -> new AclBinding(
                        new ResourcePattern(acl.resource(), acl.name(), acl.pattern()),
                        new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
