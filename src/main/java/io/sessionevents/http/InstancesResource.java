package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.http.HttpApi.Ports;
import io.sessionevents.session.FleetSessions.Others;
import io.sessionevents.session.SweepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instances of the fleet, each with what it says of itself; the one that was asked asks the others. */
final class InstancesResource {
    static final String PATH = "/api/v1/instances";
    private static final String INSTANCES = "instances";

    private final Ports ports;
    private final Peers peers;

    InstancesResource(Ports ports, Peers peers) {
        this.ports = ports;
        this.peers = peers;
    }

    HttpAnswer answer(ApiRequest call) throws InterruptedException {
        call.query().expect(List.of(ApiRequest.SCOPE));
        return HttpAnswer.json(call.ownOnly() ? json(List.of(own())) : ofAll());
    }

    /** An instance that starts, and knows of no other yet, is alone. */
    private ObjectNode ofAll() throws InterruptedException {
        List<JsonNode> instances = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        instances.add(own());
        Others others = others();
        peers.ask(others.addresses(), PATH).forEach((address, reply) -> {
            if (reply != null
                    && reply.status() == 200
                    && reply.body().path(INSTANCES).isArray()) {
                reply.body().path(INSTANCES).forEach(instances::add);
            } else {
                incomplete.add(address);
            }
        });
        ObjectNode json = json(instances);
        ArrayNode silent = json.putArray("incomplete");
        incomplete.forEach(silent::add);
        ArrayNode unassigned = json.putArray("unassignedPartitions");
        others.unassigned().forEach(unassigned::add);
        return json;
    }

    private Others others() {
        try {
            return ports.sessions().get().others();
        } catch (UnavailableException e) {
            return new Others(List.of(), List.of());
        }
    }

    private ObjectNode own() {
        InstanceInfo info = ports.info().get();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("instance", info.instance().isEmpty() ? null : info.instance());
        json.set("info", StatusResource.json(info));
        json.set("health", HealthResource.json(ports.health().all()));
        json.set("budget", budget());
        ArrayNode sweeps = json.putArray("sweeps");
        sweeps().forEach((source, status) -> sweeps.add(summary(source, status)));
        return json;
    }

    private @Nullable ObjectNode budget() {
        try {
            return StatusResource.json(ports.lookups().get());
        } catch (UnavailableException e) {
            return null;
        }
    }

    private Map<String, SweepStatus> sweeps() {
        try {
            return ports.sweeps().own();
        } catch (UnavailableException e) {
            return Map.of();
        }
    }

    /** There may be thousands of applications, so they are counted only. */
    private static ObjectNode summary(String source, SweepStatus sweeps) {
        Instant oldest = sweeps.applications().stream()
                .map(SweepStatus.Application::sweptAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        return JsonNodeFactory.instance
                .objectNode()
                .put(SweepStatusJson.SOURCE, source)
                .put("budgetCallsPerSecond", sweeps.budget())
                .put("rateCallsPerSecond", sweeps.rate())
                .put("trouble", sweeps.sourceTrouble())
                .put("applications", sweeps.applications().size())
                .put(
                        "applicationsInTrouble",
                        sweeps.applications().stream()
                                .filter(application -> application.trouble() != null)
                                .count())
                .put("oldestSweepAt", oldest == null ? null : oldest.toString());
    }

    private static ObjectNode json(List<? extends JsonNode> instances) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray(INSTANCES);
        instances.forEach(array::add);
        return json;
    }
}
