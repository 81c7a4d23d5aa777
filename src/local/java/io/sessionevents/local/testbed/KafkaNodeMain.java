package io.sessionevents.local.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kafka.server.KafkaRaftServer;

/** A node in a process of its own: {@code ID BROKER_PORT CONTROLLER_PORT,… DIRECTORY}. SIGTERM stops it gracefully. */
final class KafkaNodeMain {
    private KafkaNodeMain() {}

    public static void main(String... args) throws IOException {
        List<Integer> controllers =
                Arrays.stream(args[2].split(",", -1)).map(Integer::valueOf).toList();
        var node = new KafkaNode(Integer.parseInt(args[0]), Integer.parseInt(args[1]), controllers, Path.of(args[3]));
        KafkaRaftServer server = node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.awaitShutdown();
    }
}
