package io.sessionevents;

import io.sessionevents.config.Configuration;
import io.sessionevents.http.HttpApi;
import io.sessionevents.http.HttpEndpoint;
import io.sessionevents.http.InstanceInfo;
import io.sessionevents.tracking.TopologyDiagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TopologyDescription;

/** What a process offers over HTTP, from before there is a service on. */
final class ServiceHttp implements AutoCloseable {
    private final HttpApi api;
    private final HttpEndpoint endpoint;

    private ServiceHttp(HttpApi api, HttpEndpoint endpoint) {
        this.api = api;
        this.endpoint = endpoint;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    static ServiceHttp listen(Configuration configuration, ServiceHealth health, Instant startedAt) throws IOException {
        TopologyDescription topology = ServiceTopology.describe(configuration);
        var api = new HttpApi(
                Version.number(),
                topics(configuration),
                new HttpApi.Ports(
                        health,
                        health::metrics,
                        topology.toString(),
                        TopologyDiagram.mermaid(topology),
                        () -> health.service().status().budget(),
                        () -> info(configuration, health, startedAt),
                        () -> health.service().sessions()));
        var http = configuration.http();
        return new ServiceHttp(api, HttpEndpoint.start(http.host(), http.port(), api.router()));
    }

    InetSocketAddress address() {
        return endpoint.address();
    }

    @Override
    public String toString() {
        return endpoint.url().toString();
    }

    @Override
    public void close() {
        endpoint.close();
        api.close();
    }

    private static InstanceInfo info(Configuration configuration, ServiceHealth health, Instant startedAt) {
        SessionEvents service = health.serviceIfAny();
        return new InstanceInfo(
                Version.number(),
                Runtime.version().toString(),
                startedAt,
                configuration.streamsApplicationId(),
                topics(configuration),
                service == null ? "" : service.sessions().instance(),
                service == null ? "NOT_STARTED" : service.status().streams(),
                service == null ? List.of() : service.status().tasks());
    }

    private static InstanceInfo.Topics topics(Configuration configuration) {
        var topics = configuration.topics();
        return new InstanceInfo.Topics(topics.input(), topics.output(), topics.deadLetter());
    }
}
