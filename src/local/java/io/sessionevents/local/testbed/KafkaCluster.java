package io.sessionevents.local.testbed;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Three brokers in three processes, every partition on each of them; they can be stopped, killed and started again. */
public final class KafkaCluster implements Kafka {
    /** As many as there are controllers in a quorum that survives the loss of one. */
    public static final int NODES = 3;

    private static final int ADMIN_TIMEOUT_MILLIS = 5_000;
    private static final List<String> JVM =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private final Path directory;
    private final List<Integer> ports;
    private final List<ChildProcess> nodes = new ArrayList<>();

    private KafkaCluster(Path directory, List<Integer> ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /** Starts all of them and waits until they know each other. */
    public static KafkaCluster start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var cluster = new KafkaCluster(directory, Ports.free(0, 2 * NODES));
        for (int node = 1; node <= NODES; node++) {
            cluster.nodes.add(cluster.launch(node));
        }
        cluster.awaitNodes(NODES);
        return cluster;
    }

    @Override
    public String bootstrapServers() {
        return ports.subList(0, NODES).stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    @Override
    public short replication() {
        return NODES;
    }

    /** SIGTERM, and waits for its end. */
    public void stop(int node) throws InterruptedException {
        int _ = nodes.get(node - 1).terminate(Poll.STANDSTILL);
    }

    /** SIGKILL. */
    public void kill(int node) throws InterruptedException {
        nodes.get(node - 1).kill();
    }

    /** Whether its process runs. */
    public boolean runs(int node) {
        return nodes.get(node - 1).alive();
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    public void restart(int node) throws IOException {
        nodes.set(node - 1, launch(node));
    }

    /** How many brokers the cluster says it has; 0 if it does not answer. */
    public int brokers() throws InterruptedException {
        try (Admin admin = admin()) {
            return admin.describeCluster()
                    .nodes()
                    .get(ADMIN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        }
    }

    /** Waits until every partition of every topic is in sync on every broker. */
    public void awaitInSync() throws InterruptedException {
        awaitNodes(NODES);
        Poll.await("partitions in sync; logs in " + directory, this::inSync);
    }

    private boolean inSync() throws InterruptedException {
        try (Admin admin = admin()) {
            var topics = admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            Map<String, TopicDescription> described =
                    admin.describeTopics(topics).allTopicNames().get();
            return described.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.isr().size() == NODES);
        } catch (ExecutionException e) {
            return false;
        }
    }

    private void awaitNodes(int count) throws InterruptedException {
        Poll.await(count + " brokers; logs in " + directory, () -> brokers() >= count);
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                ADMIN_TIMEOUT_MILLIS,
                "default.api.timeout.ms",
                ADMIN_TIMEOUT_MILLIS));
    }

    private ChildProcess launch(int node) throws IOException {
        String controllers =
                ports.subList(NODES, 2 * NODES).stream().map(String::valueOf).collect(Collectors.joining(","));
        return ChildProcess.ofThisClassPath(
                JVM,
                KafkaNodeMain.class,
                List.of(
                        Integer.toString(node),
                        ports.get(node - 1).toString(),
                        controllers,
                        directory.resolve("node-" + node).toString()),
                directory.resolve("node-" + node + ".log"));
    }

    @Override
    public void close() {
        nodes.forEach(ChildProcess::close);
    }
}
