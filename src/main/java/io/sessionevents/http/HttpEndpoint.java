package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionevents.http.Health.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /health/started} in the format of MicroProfile
 * Health (200 if all is up, else 503), and {@code /metrics} in Prometheus' text format. Every request on a virtual thread.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** An answer. */
    private record Answer(int status, String type, String body) {}

    private HttpEndpoint(HttpServer server, Health health, Supplier<String> metrics) {
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, health, metrics));
        server.start();
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for a free one
     * @throws IOException if the address cannot be had, for example because it is taken
     */
    public static HttpEndpoint start(String host, int port, Health health, Supplier<String> metrics)
            throws IOException {
        return new HttpEndpoint(HttpServer.create(new InetSocketAddress(host, port), BACKLOG), health, metrics);
    }

    public URI url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Health health, Supplier<String> metrics) throws IOException {
        try (exchange) {
            Answer answer = exchange.getRequestMethod().equals("GET")
                    ? answer(exchange.getRequestURI().getPath(), health, metrics)
                    : problem(405, "Method not allowed", "Only GET is.");
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer answer(String path, Health health, Supplier<String> metrics) {
        return switch (path) {
            case "/health" -> checks(health.all());
            case "/health/live" -> checks(health.live());
            case "/health/started" -> checks(health.started());
            case "/health/ready" -> checks(health.ready());
            case "/metrics" -> new Answer(200, TEXT, metrics.get());
            default ->
                problem(
                        404,
                        "Not found",
                        "There are /health, /health/live, /health/ready, /health/started and /metrics.");
        };
    }

    private static Answer checks(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::up);
        ObjectNode body = JSON.createObjectNode().put("status", status(up));
        ArrayNode array = body.putArray("checks");
        for (Check check : checks) {
            ObjectNode node = array.addObject().put("name", check.name()).put("status", status(check.up()));
            node.putObject("data").put("detail", check.detail());
        }
        return new Answer(up ? 200 : 503, "application/json", body.toString());
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private static Answer problem(int status, String title, String detail) {
        ObjectNode body = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return new Answer(status, "application/problem+json", body.toString());
    }
}
