package io.sessionevents.local.testbed;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker, a registry and an endpoint, each in a process of its own, with the topics created: what the service costs can be told from
 * what they cost. On loopback.
 */
public final class SeparateProcesses implements Kafka {
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private final Path directory;
    private final int kafkaPort;
    private final int registryPort;
    private final int endpointPort;
    private final List<ChildProcess> processes = new ArrayList<>();

    private SeparateProcesses(Path directory, List<Integer> ports) {
        this.directory = directory;
        this.kafkaPort = ports.getFirst();
        this.registryPort = ports.get(1);
        this.endpointPort = ports.get(2);
    }

    /**
     * Starts all three.
     *
     * @param endpoint takes the port as its first argument
     */
    public static SeparateProcesses start(Path directory, Class<?> endpoint) throws IOException, InterruptedException {
        List<Integer> ports = Ports.free(0, 4);
        Files.createDirectories(directory);
        var all = new SeparateProcesses(directory, ports);
        try {
            all.launch(
                    "-Xmx512m",
                    KafkaNodeMain.class,
                    List.of(
                            "1",
                            String.valueOf(all.kafkaPort),
                            ports.get(3).toString(),
                            directory.resolve("kafka").toString()));
            all.launch("-Xmx64m", LocalRegistryMain.class, List.of(String.valueOf(all.registryPort)));
            all.launch("-Xmx512m", endpoint, List.of(String.valueOf(all.endpointPort)));
            for (int port : List.of(all.kafkaPort, all.registryPort, all.endpointPort)) {
                Poll.await("port " + port + "; logs in " + directory, () -> Ports.listened(port));
            }
            LocalEnvironment.createTopics(all);
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void launch(String heap, Class<?> main, List<String> arguments) throws IOException {
        List<String> jvm = new ArrayList<>(JVM);
        jvm.add(heap);
        processes.add(
                ChildProcess.ofThisClassPath(jvm, main, arguments, directory.resolve(main.getSimpleName() + ".log")));
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public short replication() {
        return 1;
    }

    /** Base URL of the registry. */
    public String registry() {
        return "http://127.0.0.1:" + registryPort;
    }

    /** Base URL of the endpoint. */
    public String endpoint() {
        return "http://127.0.0.1:" + endpointPort;
    }

    public Path directory() {
        return directory;
    }

    /** The keys that lead a service here, and more. */
    public Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "schema.registry.url", registry(),
                "aws.endpoint.url", endpoint(),
                "aws.region", "us-east-1",
                "kafka.state.dir", directory.resolve("state").toString(),
                "http.port", "0"));
        settings.putAll(more);
        return settings;
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
