package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What is answered to one request.
 *
 * @param type of the content
 * @param headers beside those that every answer has
 */
record Answer(int status, String type, String body, Map<String, String> headers) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON_TYPE = "application/json";
    static final String YAML = "application/yaml";

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer ok(String type, String body) {
        return new Answer(200, type, body, Map.of());
    }

    static Answer json(JsonNode body) {
        return ok(JSON_TYPE, body.toString());
    }

    /** A problem as in RFC 9457. */
    static Answer problem(int status, String title, String detail) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return new Answer(status, "application/problem+json", body.toString(), Map.of());
    }

    static Answer badRequest(String detail) {
        return problem(400, "Bad request", detail);
    }

    static Answer notFound(String detail) {
        return problem(404, "Not found", detail);
    }

    /** Not now, but if asked again after that time. */
    static Answer unavailable(String detail, Duration again) {
        return problem(503, "Service unavailable", detail).with("Retry-After", Long.toString(again.toSeconds()));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
