package io.sessionevents.local.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real KRaft node, broker and controller in one, on loopback only. Started again on the same directory, it has its data.
 *
 * @param id from 1
 * @param controllers port of every node's controller, by node id from 1
 * @param more settings that win over the usual ones
 */
record KafkaNode(int id, int brokerPort, List<Integer> controllers, Path directory, Map<String, String> more) {
    private static final String CLUSTER_ID = "5L6g3nShT-eMCtK--X86sw";

    /** With the usual settings. */
    KafkaNode(int id, int brokerPort, List<Integer> controllers, Path directory) {
        this(id, brokerPort, controllers, directory, Map.of());
    }

    /**
     * Starts it; the directory is formatted if it is new. One at a time in a process: classes of the broker initialize each
     * other, and where the first two nodes start together, each may wait for the other's for ever.
     */
    KafkaRaftServer start() throws IOException {
        Files.createDirectories(directory);
        synchronized (KafkaNode.class) {
            format();
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings()), Time.SYSTEM);
            server.startup();
            return server;
        }
    }

    private Properties settings() {
        String replication = Integer.toString(controllers.size());
        String inSync = Integer.toString(Math.min(2, controllers.size()));
        var settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(id)),
                Map.entry("controller.quorum.voters", voters()),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllers.get(id - 1)),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", replication),
                Map.entry("min.insync.replicas", inSync),
                Map.entry("offsets.topic.replication.factor", replication),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", replication),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replication),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("controlled.shutdown.enable", Boolean.toString(controllers.size() > 1)),
                // Allocated beforehand, twice for each partition.
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152")));
        settings.putAll(more);
        return settings;
    }

    private String voters() {
        return java.util.stream.IntStream.rangeClosed(1, controllers.size())
                .mapToObj(node -> node + "@127.0.0.1:" + controllers.get(node - 1))
                .collect(Collectors.joining(","));
    }

    private void format() throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(id)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(silent)
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the broker's directory " + directory + " could not be formatted", e);
        }
    }
}
