package io.sessionevents.local.testbed;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.server.authorizer.Authorizer;

/**
 * One broker in this process that asks an authorizer: at {@link #bootstrapServers} anyone may do anything, at {@link
 * #securedServers} users log in (SASL/PLAIN) and may do what they were granted.
 */
public final class SecuredKafka implements Kafka {
    private static final String PASSWORD = "secret";

    private final KafkaRaftServer server;
    private final int port;
    private final int securedPort;

    private SecuredKafka(KafkaRaftServer server, int port, int securedPort) {
        this.server = server;
        this.port = port;
        this.securedPort = securedPort;
    }

    /**
     * Starts a broker.
     *
     * @param authorizer one that knows KRaft, such as Kafka's StandardAuthorizer
     * @param users who can log in
     */
    public static SecuredKafka start(Path directory, Class<? extends Authorizer> authorizer, List<String> users)
            throws IOException {
        List<Integer> ports = Ports.free(0, 3);
        int port = ports.get(0);
        int controller = ports.get(1);
        int secured = ports.get(2);
        String open = "PLAINTEXT://127.0.0.1:" + port;
        String sasl = "SASL_PLAINTEXT://127.0.0.1:" + secured;
        Map<String, String> settings = Map.of(
                "listeners",
                open + "," + sasl + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners",
                open + "," + sasl,
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required "
                        + users.stream()
                                .map(user -> "user_" + user + "=\"" + PASSWORD + "\"")
                                .collect(joining(" "))
                        + ";",
                "authorizer.class.name",
                authorizer.getName(),
                "super.users",
                "User:ANONYMOUS");
        var node = new KafkaNode(1, port, List.of(controller), directory, settings);
        return new SecuredKafka(node.start(), port, secured);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where users log in. */
    public String securedServers() {
        return "127.0.0.1:" + securedPort;
    }

    /** Configuration keys of a service that logs in as that user. */
    public Map<String, String> login(String user) {
        return Map.of(
                "bootstrap.servers",
                securedServers(),
                "kafka.security.protocol",
                "SASL_PLAINTEXT",
                "kafka.sasl.mechanism",
                "PLAIN",
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + PASSWORD + "\";");
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
