package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.health.Health;
import io.sessionevents.health.Health.Check;
import java.util.List;
import java.util.Map;

/** Health in the format of MicroProfile: 200 if all is up, else 503. */
final class HealthResource {
    private HealthResource() {}

    static List<Route> routes(Health health) {
        return List.of(
                new Route("/health", call -> checks(health.all())),
                new Route("/health/live", call -> checks(health.live())),
                new Route("/health/started", call -> checks(health.started())),
                new Route("/health/ready", call -> checks(health.ready())));
    }

    private static HttpAnswer checks(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::up);
        return new HttpAnswer(up ? 200 : 503, HttpAnswer.JSON_TYPE, json(checks).toString(), Map.of());
    }

    static ObjectNode json(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::up);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", status(up));
        ArrayNode array = body.putArray("checks");
        for (Check check : checks) {
            ObjectNode node = array.addObject().put("name", check.name()).put("status", status(check.up()));
            node.putObject("data").put("detail", check.detail());
        }
        return body;
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
