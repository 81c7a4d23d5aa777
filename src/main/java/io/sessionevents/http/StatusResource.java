package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the budget is spent, and what this instance is. */
final class StatusResource {
    private StatusResource() {}

    static List<Route> routes(Supplier<Budget> budget, Supplier<InstanceInfo> info) {
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

    private static ObjectNode json(Budget budget) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("budgetCallsPerSecond", budget.budget())
                .put("shareCallsPerSecond", budget.share())
                .put("rateCallsPerSecond", budget.rate());
        json.putObject("partitions").put("owned", budget.partitions()).put("total", budget.ofPartitions());
        json.put("sessionsTracked", budget.tracked());
        ObjectNode intervals = json.putObject("intervalSeconds");
        new TreeMap<>(budget.intervals())
                .forEach((name, interval) -> intervals.put(name, interval.toMillis() / 1000.0));
        json.putObject("lookups").put("inFlight", budget.inFlight()).put("mostInFlight", budget.mostInFlight());
        return json.put("circuit", budget.circuitOpen() ? "open" : "closed").put("groupContact", budget.groupContact());
    }

    private static ObjectNode json(InstanceInfo info) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", info.version())
                .put("java", info.java())
                .put("startedAt", info.startedAt().toString())
                .put("streamsApplicationId", info.streamsApplicationId());
        json.putObject("topics")
                .put("input", info.topics().input())
                .put("output", info.topics().output())
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
