package io.sessionevents.local.command.bench.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.SeparateProcesses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the service needs, who publishes to it and who reads from it. Owned by one thread. */
final class Surroundings implements AutoCloseable {
    private static final String APPLICATION = "00g92n5o091bas09";

    private final SeparateProcesses processes;
    private final CommittedEvents events;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaProducer<byte[], byte[]> producer;
    private int published;

    private Surroundings(SeparateProcesses processes, InstantSource clock) {
        this.processes = processes;
        this.events = new CommittedEvents(
                new ChangeReader(
                        processes.bootstrapServers(),
                        LocalEnvironment.OUTPUT,
                        processes.registry(),
                        ChangeReader.Isolation.READ_COMMITTED),
                clock);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", processes.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static Surroundings start(Path directory, InstantSource clock) throws IOException, InterruptedException {
        SeparateProcesses processes = SeparateProcesses.start(directory, EndpointMain.class);
        try {
            stampOutput(processes);
            return new Surroundings(processes, clock);
        } catch (IOException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /** The broker notes when it has an event: the clock is that of this machine. */
    private static void stampOutput(SeparateProcesses processes) throws IOException, InterruptedException {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, LocalEnvironment.OUTPUT);
        var stamp =
                new AlterConfigOp(new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", processes.bootstrapServers()))) {
            var _ = admin.incrementalAlterConfigs(Map.of(topic, List.of(stamp)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the broker does not stamp " + LocalEnvironment.OUTPUT, e);
        }
    }

    CommittedEvents events() {
        return events;
    }

    /** Where Kafka Streams keeps its state. */
    Path stateDirectory() {
        return processes.directory().resolve("state");
    }

    MeasuredService service(Map<String, String> settings, String javaOptions) throws IOException {
        return new MeasuredService(processes, settings, javaOptions);
    }

    /** Publishes so many sessions that were never published before; returns when the broker has them. */
    void publish(int sessions) {
        for (int i = 0; i < sessions; i++) {
            publish(id(published++));
        }
        producer.flush();
    }

    /** Publishes one that was never published before, whose event is waited for. */
    private void publishWanted() {
        String id = id(published++);
        events.want(id);
        publish(id);
        producer.flush();
    }

    private void publish(String id) {
        var _ = producer.send(new ProducerRecord<>(LocalEnvironment.INPUT, (APPLICATION + "/" + id).getBytes(UTF_8)));
    }

    /** What is done between two sessions that are published one by one. */
    interface Between {
        void look() throws IOException, InterruptedException;
    }

    /** Publishes so many, one after another with a pause, and waits until each has had its event or the time is over. */
    Probes probe(int sessions, Duration pause, Duration patience) throws IOException, InterruptedException {
        return probe(sessions, patience, () -> Poll.pause(pause));
    }

    /** The same, with something else than a pause. */
    Probes probe(int sessions, Duration patience, Between between) throws IOException, InterruptedException {
        for (int i = 0; i < sessions; i++) {
            publishWanted();
            between.look();
        }
        boolean _ = Poll.within(patience, () -> events.wanted() == 0);
        int missing = events.wanted();
        return new Probes(events.waits(), missing);
    }

    /** Seconds between so many sessions being published and being tracked. */
    double intake(MeasuredService service, int sessions) throws IOException, InterruptedException {
        int wanted = service.tracked() + sessions;
        long begin = System.nanoTime();
        publish(sessions);
        while (service.tracked() < wanted) {
            Poll.pause(Duration.ofMillis(50));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** How each answer is from now on. */
    void answer(Duration latency, boolean changing) throws IOException, InterruptedException {
        var uri =
                URI.create(processes.endpoint() + "/behaviour?millis=" + latency.toMillis() + "&changing=" + changing);
        var request = HttpRequest.newBuilder(uri)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("the endpoint answers " + status);
        }
    }

    /** As long as AWS's, in the order of which they tell nothing. */
    private static String id(int number) {
        return "00" + String.format(java.util.Locale.ROOT, "%08x", number * 0x9E3779B1) + "bas09g";
    }

    @Override
    public void close() {
        producer.close();
        events.close();
        http.close();
        processes.close();
    }
}
