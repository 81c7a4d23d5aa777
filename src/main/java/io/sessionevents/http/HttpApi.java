package io.sessionevents.http;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.health.Health;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SweptApplications;
import io.sessionevents.session.Topics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is offered over HTTP, each resource with the ports that it needs. */
public final class HttpApi implements AutoCloseable {
    /** The text format of Prometheus. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Peers peers = new Peers();
    private final Router router;

    /**
     * What the resources ask.
     *
     * @param metrics in the text format of Prometheus
     * @param topology as Kafka Streams describes it
     * @param mermaid the same as a flowchart
     */
    public record Ports(
            Health health,
            Supplier<String> metrics,
            String topology,
            String mermaid,
            Supplier<LookupStatistics> lookups,
            Supplier<InstanceInfo> info,
            Supplier<FleetSessions> sessions,
            SweptApplications sweeps,
            SessionHistories histories) {}

    /**
     * Puts the resources together, without the page.
     *
     * @param version of the service
     * @param topics that the service shares with others
     */
    public HttpApi(String version, Topics topics, Ports ports) {
        this(version, topics, ports, null);
    }

    /**
     * The same with the page.
     *
     * @param clock by which it is as old as it says
     */
    static HttpApi withPage(String version, Topics topics, Ports ports, InstantSource clock) {
        return new HttpApi(version, topics, ports, clock);
    }

    private HttpApi(String version, Topics topics, Ports ports, @Nullable InstantSource pageClock) {
        List<Route> routes = new ArrayList<>(HealthResource.routes(ports.health()));
        routes.add(new Route(
                "/metrics", call -> HttpAnswer.ok(METRICS, ports.metrics().get())));
        routes.add(new Route("/topology", call -> topology(call, ports)));
        var instances = new InstancesResource(ports, peers);
        var sessions = new SessionsResource(ports.sessions(), peers);
        var session = new SessionResource(ports.sessions(), peers);
        var history = new HistoryResource(ports.histories(), session);
        routes.add(new Route(InstancesResource.PATH, instances::answer));
        routes.add(new Route(SessionsResource.PATH, sessions::answer));
        routes.add(new Route(SessionResource.PATTERN, session::answer));
        routes.add(new Route(HistoryResource.PATTERN, history::answer));
        routes.add(new Route(
                ApplicationsResource.PATH, new ApplicationsResource(ports.sweeps(), ports.sessions(), peers)::answer));
        routes.addAll(StatusResource.routes(ports.lookups(), ports.info()));
        routes.addAll(DocumentResource.routes(version, topics));
        if (pageClock != null) {
            routes.addAll(
                    new PageResource(instances::answer, sessions::answer, session::answer, history::answer, pageClock)
                            .routes());
        }
        router = new Router(routes);
    }

    /** Finds who answers a request. */
    public Router router() {
        return router;
    }

    @Override
    public void close() {
        peers.close();
    }

    private static HttpAnswer topology(ApiRequest call, Ports ports) {
        call.query().expect(List.of("format"));
        String format = call.query().one("format");
        return switch (format == null ? "text" : format) {
            case "text" -> HttpAnswer.ok(HttpAnswer.TEXT, ports.topology());
            case "mermaid" -> HttpAnswer.ok(HttpAnswer.TEXT, ports.mermaid());
            case String other ->
                throw new BadRequestException("The format is " + Query.quote(other) + ", expected text or mermaid.");
        };
    }
}
