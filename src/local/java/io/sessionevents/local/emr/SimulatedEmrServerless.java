package io.sessionevents.local.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionevents.session.SessionKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GetSession and ListSessions of EMR Serverless over real HTTP: checks the shape of the SigV4 header, lets sessions live
 * by their scripts, throttles by token bucket with AWS's own answers, fails on request, and keeps the truth.
 */
public final class SimulatedEmrServerless implements AutoCloseable {
    private static final Pattern ONE = Pattern.compile("/applications/([^/]+)/sessions/([^/]+)");
    private static final Pattern ALL = Pattern.compile("/applications/([^/]+)/sessions/?");
    private static final Pattern SIGNATURE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/[a-z0-9-]+/emr-serverless/aws4_request, "
                    + "SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-date[a-z0-9;-]*, Signature=[0-9a-f]{64}");

    static {
        // Without it, answers wait for the client's delayed acknowledgement: 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final InstantSource clock;
    private final Options options;
    private final TokenBucket bucket;
    private final Map<SessionKey, SimulatedSession> sessions = new ConcurrentHashMap<>();
    private final List<Truth.Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * How it behaves.
     *
     * @param requestsPerSecond refill of the token bucket
     * @param burst size of the token bucket
     * @param latency time that every answer takes
     */
    public record Options(double requestsPerSecond, int burst, Duration latency, Faults faults) {
        public static final Options UNLIMITED = new Options(1e9, 1_000_000, Duration.ZERO, Faults.NONE);
    }

    private SimulatedEmrServerless(InstantSource clock, Options options, int port) throws IOException {
        this.clock = clock;
        this.options = options;
        this.bucket = new TokenBucket(options.requestsPerSecond(), options.burst(), clock.instant());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1024);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts the endpoint on a free port. */
    public static SimulatedEmrServerless start(InstantSource clock, Options options) throws IOException {
        return new SimulatedEmrServerless(clock, options, 0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Adds a session, or puts another in its place. */
    public void add(SimulatedSession session) {
        sessions.put(session.key(), session);
    }

    /** Changes a session's state now. */
    public void become(SessionKey key, String state) {
        SimulatedSession session = sessions.get(key);
        if (session == null) {
            throw new IllegalArgumentException("no session " + key);
        }
        session.then(state, clock.instant());
    }

    /** What has really happened so far. */
    public Truth truth() {
        Map<SessionKey, List<Phase>> lives = new TreeMap<>();
        sessions.forEach((key, session) -> lives.put(key, session.phases()));
        synchronized (requests) {
            return new Truth(lives, List.copyOf(requests));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Instant now = clock.instant();
        Matcher one = ONE.matcher(exchange.getRequestURI().getPath());
        if (!exchange.getRequestMethod().equals("GET") || !one.matches()) {
            list(exchange);
            return;
        }
        Answer answer = answer(exchange, one.group(1), one.group(2), now);
        requests.add(new Truth.Request(
                now, new SessionKey(one.group(1), one.group(2)), answer == null ? 0 : answer.status()));
        pause();
        if (answer == null) {
            exchange.close();
        } else {
            answer.send(exchange);
        }
    }

    private @Nullable Answer answer(HttpExchange exchange, String application, String session, Instant now) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !SIGNATURE.matcher(authorization).matches()) {
            return Answer.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        if (!bucket.take(now)) {
            return Answer.throttled(now);
        }
        return switch (options.faults().next()) {
            case NONE -> found(new SessionKey(application, session), now);
            case INTERNAL_ERROR -> Answer.error(500, "InternalServerException", "Internal server error");
            case HTML_UNAVAILABLE -> Answer.html(503);
            case THROTTLED -> Answer.throttled(now);
            case RESET -> null;
        };
    }

    private Answer found(SessionKey key, Instant now) {
        SimulatedSession session = sessions.get(key);
        ObjectNode json = session == null ? null : session.at(now);
        if (json == null) {
            return Answer.error(404, "ResourceNotFoundException", "Session " + key.sessionId() + " does not exist");
        }
        return Answer.json(SimulatedSession.object().set("session", json));
    }

    private void list(HttpExchange exchange) throws IOException {
        Matcher all = ALL.matcher(exchange.getRequestURI().getPath());
        if (!all.matches()) {
            Answer.error(400, "ValidationException", "no such operation").send(exchange);
            return;
        }
        Instant now = clock.instant();
        var array = SimulatedSession.object();
        var items = array.putArray("sessions");
        sessions.values().stream()
                .filter(session -> session.key().applicationId().equals(all.group(1)))
                .map(session -> session.at(now))
                .filter(java.util.Objects::nonNull)
                .limit(50)
                .forEach(items::add);
        Answer.json(array).send(exchange);
    }

    private void pause() {
        if (options.latency().isPositive()) {
            try {
                Thread.sleep(options.latency());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An answer as AWS gives it. */
    private record Answer(int status, String type, @Nullable String errorType, String body) {
        private static final String JSON = "application/x-amz-json-1.1";

        static Answer json(com.fasterxml.jackson.databind.JsonNode body) {
            return new Answer(200, JSON, null, body.toString());
        }

        static Answer error(int status, String code, String message) {
            return new Answer(
                    status,
                    JSON,
                    code,
                    SimulatedSession.object().put("message", message).toString());
        }

        static Answer html(int status) {
            return new Answer(status, "text/html", null, "<html><body><h1>Service Unavailable</h1></body></html>");
        }

        /** AWS throttles with 400 as well as with 429. */
        static Answer throttled(Instant now) {
            return now.toEpochMilli() % 2 == 0
                    ? error(400, "ThrottlingException", "Rate exceeded")
                    : error(429, "TooManyRequestsException", "Rate exceeded");
        }

        void send(HttpExchange exchange) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
            if (errorType != null) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", errorType + ":http://internal.amazon.com/coral/");
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }
}
