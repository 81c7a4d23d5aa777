package io.sessionevents.local.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaRaftServer;

/** One broker in this process. */
public final class EmbeddedKafka implements Kafka {
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker.
     *
     * @param port 0 for a free one
     * @throws IOException if the port is taken
     */
    public static EmbeddedKafka start(int port, Path directory) throws IOException {
        try (var claim = Ports.claim(port, 2)) {
            List<Integer> ports = claim.ports();
            var node = new KafkaNode(1, ports.getFirst(), List.of(ports.getLast()), directory);
            return new EmbeddedKafka(node.start(), node.brokerPort());
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public short replication() {
        return 1;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
