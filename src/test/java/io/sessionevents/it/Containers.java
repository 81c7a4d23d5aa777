package io.sessionevents.it;

import io.sessionevents.local.testbed.Kafka;
import io.sessionevents.local.testbed.Registry;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** The published images of Kafka and of Apicurio Registry, which speaks Confluent's API under a path. */
final class Containers {
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String REGISTRY = "apicurio/apicurio-registry:3.3.3";
    private static final String API = "/apis/ccompat/v7";

    /** Set by CI where there is an engine, so that nothing is skipped unseen. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("REQUIRE_CONTAINERS"));

    private Containers() {}

    /** Whether there is a container engine; says in one line what is skipped if there is none. */
    static boolean available(String suite) {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return true;
        }
        if (REQUIRED) {
            throw new IllegalStateException("REQUIRE_CONTAINERS is set, and no container engine answers");
        }
        System.out.println("skipped: " + suite + " on containers, for no container engine answers");
        return false;
    }

    /** Starts a broker. */
    static Kafka kafka() {
        var container = new KafkaContainer(KAFKA);
        container.start();
        return new ContainerKafka(container);
    }

    /** Starts a registry. */
    static Registry registry() {
        GenericContainer<?> container = new GenericContainer<>(REGISTRY)
                .withExposedPorts(ContainerRegistry.HTTP, ContainerRegistry.MANAGEMENT)
                .waitingFor(Wait.forHttp("/health/ready")
                        .forPort(ContainerRegistry.MANAGEMENT)
                        .withStartupTimeout(Duration.ofMinutes(2)));
        container.start();
        return new ContainerRegistry(container);
    }

    private record ContainerKafka(KafkaContainer container) implements Kafka {
        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers();
        }

        @Override
        public short replication() {
            return 1;
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    private record ContainerRegistry(GenericContainer<?> container) implements Registry {
        private static final int HTTP = 8080;
        private static final int MANAGEMENT = 9000;

        @Override
        public String url() {
            return "http://" + container.getHost() + ":" + container.getMappedPort(HTTP) + API;
        }

        /** It keeps what it holds in memory, so it is paused. */
        @Override
        public void stop() {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void start() {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
