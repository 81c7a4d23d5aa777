package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** STS on a free port: gives numbered credentials of roles that trust the caller, and tells the account of every caller. */
public final class FakeSts implements AutoCloseable {
    /** Who asks, in the messages of refusals. */
    public static final String CALLER = "arn:aws:sts::111111111111:assumed-role/session-events/i-0f";

    private static final String NONE = "";

    private final HttpServer server;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, String> trusting = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Duration life = Duration.ofHours(1);
    private volatile String account = "111111111111";
    private volatile @Nullable Refusal refusal;

    /**
     * One call.
     *
     * @param form by name
     * @param authorization the header of its signature
     */
    public record Request(Map<String, String> form, String authorization) {}

    private record Refusal(int status, String body) {}

    /** One that trusts nobody yet. */
    public FakeSts() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Lets the caller assume the role, with that external ID if it is not null. */
    public FakeSts trusts(String role, @Nullable String externalId) {
        trusting.put(role, externalId == null ? NONE : externalId);
        return this;
    }

    /** How long credentials live. */
    public FakeSts life(Duration each) {
        life = each;
        return this;
    }

    /** What GetCallerIdentity answers. */
    public FakeSts account(String text) {
        account = text;
        return this;
    }

    /** Every answer from now on. */
    public FakeSts answers(int status, String body) {
        refusal = new Refusal(status, body);
        return this;
    }

    /** As it was before {@link #answers}. */
    public void recovers() {
        refusal = null;
    }

    /** An error as STS writes it. */
    public static String error(String code, String message) {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                + code + "</Code><Message>" + message + "</Message></Error><RequestId>r-1</RequestId></ErrorResponse>";
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Calls of that action so far. */
    public List<Request> requests(String action) {
        return requests.stream()
                .filter(request -> action.equals(request.form().get("Action")))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> form = Arrays.stream(
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
        requests.add(
                new Request(form, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
        Refusal now = refusal;
        if (now != null) {
            answer(exchange, now.status(), now.body());
        } else if ("AssumeRole".equals(form.get("Action"))) {
            assume(exchange, form);
        } else {
            answer(
                    exchange,
                    200,
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>" + CALLER + "</Arn><Account>" + account
                            + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
        }
    }

    private void assume(HttpExchange exchange, Map<String, String> form) throws IOException {
        String role = form.getOrDefault("RoleArn", NONE);
        String wanted = trusting.get(role);
        if (wanted == null || !(wanted.equals(NONE) || wanted.equals(form.get("ExternalId")))) {
            answer(
                    exchange,
                    403,
                    error(
                            "AccessDenied",
                            "User: " + CALLER + " is not authorized to perform: sts:AssumeRole on resource: " + role));
            return;
        }
        Instant end = clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
        answer(exchange, 200, credentials("ASIA" + requests("AssumeRole").size(), end));
    }

    /** Credentials as STS writes them. */
    static String credentials(String key, Instant end) {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>" + key + "</AccessKeyId><SecretAccessKey>geheim</SecretAccessKey>"
                + "<SessionToken>token-" + key + "</SessionToken><Expiration>" + end
                + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
