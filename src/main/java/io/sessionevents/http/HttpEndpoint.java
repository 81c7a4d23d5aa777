package io.sessionevents.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Offers what a {@link Router} knows over HTTP: every request on a virtual thread, none with a body. */
public final class HttpEndpoint implements AutoCloseable {
    private static final int BACKLOG = 64;

    /** Of the JDK's server; without them, a client that sends or reads a byte now and then keeps its thread for ever. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "jdk.httpserver.maxConnections", "1024");

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private HttpEndpoint(HttpServer server, Router router, NamedHosts names) {
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, router, names));
        server.start();
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for a free one
     * @throws IOException if the address cannot be had, for example because it is taken
     */
    public static HttpEndpoint start(String host, int port, Router router) throws IOException {
        return start(host, port, null, router);
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for a free one
     * @param advertised where other instances reach it, {@code host:port}; null if that is not configured
     * @throws IOException if the address cannot be had, for example because it is taken
     */
    static HttpEndpoint start(String host, int port, @Nullable String advertised, Router router) throws IOException {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        var server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        return new HttpEndpoint(
                server, router, NamedHosts.of(server.getAddress().getAddress(), host, advertised));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
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

    private static void answer(HttpExchange exchange, Router router, NamedHosts names) throws IOException {
        try (exchange) {
            send(
                    exchange,
                    answerTo(exchange, router, names)
                            .unlessKnown(exchange.getRequestHeaders().getFirst("If-None-Match")));
        }
    }

    private static HttpAnswer answerTo(HttpExchange exchange, Router router, NamedHosts names) {
        Headers headers = exchange.getRequestHeaders();
        if (!names.take(headers.getOrDefault("Host", List.of()))) {
            return NamedHosts.misdirected();
        }
        return hasBody(headers)
                ? HttpAnswer.problem(413, "Content too large", "Expected a request without a body.")
                : router.answer(
                        exchange.getRequestMethod(),
                        Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), ""),
                        exchange.getRequestURI().getRawQuery(),
                        headers.getFirst(ApiRequest.SCOPE_HEADER));
    }

    private static boolean hasBody(Headers headers) {
        String length = headers.getFirst("Content-Length");
        return headers.containsKey("Transfer-Encoding")
                || (length != null && !length.strip().equals("0"));
    }

    private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
        byte[] body = answer.bytes();
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
        } else if (body.length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
