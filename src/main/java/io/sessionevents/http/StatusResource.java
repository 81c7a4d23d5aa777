package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SourceStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the budget is spent, and what this instance is. */
final class StatusResource {
    private StatusResource() {}

    static List<Route> routes(Supplier<LookupStatistics> budget, Supplier<InstanceInfo> info) {
        return List.of(
                new Route("/api/v1/budget", call -> {
                    call.query().expect(List.of());
                    return HttpAnswer.json(json(budget.get()));
                }),
                new Route("/api/v1/info", call -> {
                    call.query().expect(List.of());
                    return HttpAnswer.json(json(info.get()));
                }));
    }

    static ObjectNode json(LookupStatistics lookups) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("partitions").put("owned", lookups.partitions()).put("total", lookups.ofPartitions());
        json.put("groupContact", lookups.leased());
        ArrayNode sources = json.putArray("sources");
        lookups.sources().forEach((name, source) -> sources.add(json(name, source)));
        ObjectNode unconfigured = json.putObject("unconfiguredSources");
        lookups.unconfigured().forEach(unconfigured::put);
        return json;
    }

    private static ObjectNode json(String name, SourceStatistics lookups) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", name)
                .put("budgetCallsPerSecond", lookups.budget())
                .put("shareCallsPerSecond", lookups.share())
                .put("rateCallsPerSecond", lookups.rate())
                .put("sessionsTracked", lookups.tracked());
        ObjectNode byState = json.putObject("sessionsByState");
        new TreeMap<>(lookups.byState()).forEach((state, count) -> byState.put(state.name(), count));
        json.put("sessionsUnseen", lookups.unseen())
                .put("sessionsSettling", lookups.settling())
                .put("oldestLookSeconds", lookups.oldestLook().toMillis() / 1000.0);
        ObjectNode intervals = json.putObject("intervalSeconds");
        lookups.intervals().forEach((state, interval) -> intervals.put(state, interval.toMillis() / 1000.0));
        json.putObject("lookups").put("inFlight", lookups.inFlight()).put("mostInFlight", lookups.mostInFlight());
        return json.put("circuit", lookups.circuitOpen() ? "open" : "closed");
    }

    static ObjectNode json(InstanceInfo info) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", info.version())
                .put("java", info.java())
                .put("startedAt", info.startedAt().toString())
                .put("streamsApplicationId", info.streamsApplicationId());
        json.putObject("topics")
                .put("input", info.topics().input())
                .put("output", info.topics().output())
                .put("usage", info.topics().usage())
                .put("alerts", info.topics().alerts())
                .put("deadLetter", info.topics().deadLetter());
        json.put("instance", info.instance().isEmpty() ? null : info.instance()).put("streams", info.streams());
        ArrayNode tasks = json.putArray("tasks");
        info.tasks().forEach(task -> {
            ObjectNode node = tasks.addObject().put("id", task.id()).put("active", task.active());
            ArrayNode partitions = node.putArray("partitions");
            task.partitions().forEach(partitions::add);
        });
        return json;
    }
}
