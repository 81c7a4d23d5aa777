package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to one request.
 *
 * @param type of the content
 * @param headers beside those that every answer has
 */
record HttpAnswer(int status, String type, String body, Map<String, String> headers) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON_TYPE = "application/json";
    static final String YAML = "application/yaml";
    static final String ETAG = "ETag";

    HttpAnswer {
        headers = Map.copyOf(headers);
    }

    static HttpAnswer ok(String type, String body) {
        return new HttpAnswer(200, type, body, Map.of());
    }

    static HttpAnswer json(JsonNode body) {
        return ok(JSON_TYPE, body.toString());
    }

    /** A problem as in RFC 9457. */
    static HttpAnswer problem(int status, String title, String detail) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return new HttpAnswer(status, "application/problem+json", body.toString(), Map.of());
    }

    static HttpAnswer badRequest(String detail) {
        return problem(400, "Bad request", detail);
    }

    static HttpAnswer notFound(String detail) {
        return problem(404, "Not found", detail);
    }

    /** Not now, but if asked again after that time. */
    static HttpAnswer unavailable(String detail, Duration again) {
        return problem(503, "Service unavailable", detail).with("Retry-After", Long.toString(again.toSeconds()));
    }

    HttpAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, type, body, more);
    }

    /**
     * The same without its content, if the client has it already.
     *
     * @param known value of If-None-Match; null if there is none
     */
    HttpAnswer unlessKnown(@Nullable String known) {
        String tag = headers.get(ETAG);
        boolean same = known != null
                && tag != null
                && Arrays.stream(known.split(",")).anyMatch(one -> weak(one).equals(weak(tag)));
        return same && status == 200 ? new HttpAnswer(304, type, "", headers) : this;
    }

    /** For this comparison, weak and strong tags are alike. */
    private static String weak(String tag) {
        String stripped = tag.strip();
        return stripped.startsWith("W/") ? stripped.substring(2) : stripped;
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
