package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What describes the service for others: the schemas of its topics, AsyncAPI of the topics, OpenAPI of this API. */
final class DocumentResource {
    /** Those of public topics; what the service keeps for itself is its own business. */
    static final List<String> SCHEMAS =
            List.of("session-id-event", "session-state-changed", "session-usage", "session-alert");

    private DocumentResource() {}

    static List<Route> routes(String version, Topics topics) {
        String asyncApi = read("asyncapi.yaml")
                .replace("${version}", version)
                .replace("${input.topic}", topics.input())
                .replace("${output.topic}", topics.output())
                .replace("${usage.topic}", topics.usage())
                .replace("${alert.topic}", topics.alerts())
                .replace("${dead.letter.topic}", topics.deadLetter());
        String openApi = read("openapi.yaml").replace("${version}", version);
        return List.of(
                new Route("/schemas", call -> HttpAnswer.json(schemas())),
                new Route("/schemas/{name}.avsc", call -> schema(call.part("name"))),
                new Route("/asyncapi.yaml", call -> HttpAnswer.ok(HttpAnswer.YAML, asyncApi)),
                new Route("/openapi.yaml", call -> HttpAnswer.ok(HttpAnswer.YAML, openApi)));
    }

    private static ObjectNode schemas() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("schemas");
        SCHEMAS.forEach(name -> array.addObject().put("name", name).put("url", "/schemas/" + name + ".avsc"));
        return json;
    }

    private static HttpAnswer schema(String name) {
        return SCHEMAS.contains(name)
                ? HttpAnswer.ok("application/vnd.apache.avro+json", read("/schemas/" + name + ".avsc"))
                : HttpAnswer.notFound("There are the schemas " + String.join(", ", SCHEMAS) + ".");
    }

    private static String read(String resource) {
        try (InputStream stream = DocumentResource.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
