package io.sessionevents.local.command.bench.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that costs little, in a process of its own: {@code PORT}. Whatever session is asked for is there, and idle; it keeps
 * nothing of sessions that have not changed. {@code PUT /behaviour?millis=50&changing=true} says how long each answer takes from now
 * on, and whether each shows another state than the one before.
 */
final class EndpointMain {
    private static final Pattern SESSION = Pattern.compile("/applications/([^/]+)/sessions/([^/]+)");
    private static final Pattern BEHAVIOUR = Pattern.compile("millis=(\\d+)&changing=(true|false)");

    private final InstantSource clock;
    private final Instant created;
    private final Map<String, State> changed = new ConcurrentHashMap<>();
    private volatile Behaviour behaviour = new Behaviour(Duration.ZERO, false);

    /** How it answers. */
    private record Behaviour(Duration latency, boolean changing) {}

    /** What a session has become. */
    private record State(String name, Instant since) {
        static State next(@Nullable State before, Instant now) {
            String name = before == null || before.name().equals("IDLE") ? "BUSY" : "IDLE";
            return new State(name, now);
        }
    }

    private EndpointMain(InstantSource clock) {
        this.clock = clock;
        this.created = clock.instant().minusSeconds(60);
    }

    public static void main(String... args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(args[0]));
        var server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new EndpointMain(InstantSource.system())::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher session = SESSION.matcher(exchange.getRequestURI().getPath());
            if (session.matches()) {
                Behaviour now = behaviour;
                TimeUnit.MILLISECONDS.sleep(now.latency().toMillis());
                send(exchange, 200, answer(session.group(1), session.group(2), now.changing()));
            } else {
                Matcher asked = BEHAVIOUR.matcher(
                        String.valueOf(exchange.getRequestURI().getQuery()));
                if (asked.matches()) {
                    behaviour = new Behaviour(
                            Duration.ofMillis(Long.parseLong(asked.group(1))), Boolean.parseBoolean(asked.group(2)));
                }
                send(exchange, asked.matches() ? 200 : 404, "{}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What it answers to a lookup. */
    static String answer() {
        return new EndpointMain(InstantSource.system()).answer("00g92n5o091bas09", "00f1session", false);
    }

    /** With the members that a session usually has. */
    private String answer(String application, String session, boolean changing) {
        State state = changing
                ? changed.compute(session, (id, before) -> State.next(before, clock.instant()))
                : changed.getOrDefault(session, new State("IDLE", created));
        return """
                {"session":{"applicationId":"%1$s","sessionId":"%2$s",\
                "arn":"arn:aws:emr-serverless:us-east-1:123456789012:/applications/%1$s/sessions/%2$s",\
                "name":"notebook","state":"%3$s","stateDetails":"The session is there.","releaseLabel":"emr-7.13.0",\
                "executionRoleArn":"arn:aws:iam::123456789012:role/spark-connect",\
                "createdBy":"arn:aws:iam::123456789012:user/analyst","createdAt":%4$s,"updatedAt":%5$s,"startedAt":%4$s,\
                "idleSince":%4$s,"idleTimeoutMinutes":15,"tags":{"team":"blue","cost-centre":"42"},\
                "networkConfiguration":{"subnetIds":["subnet-0a1b2c3d"],"securityGroupIds":["sg-0a1b2c3d"]},\
                "configurationOverrides":{"runtimeConfiguration":[{"classification":"spark-defaults",\
                "properties":{"spark.executor.memory":"8g"}}]},\
                "totalResourceUtilization":{"vCPUHour":0.5,"memoryGBHour":2.0,"storageGBHour":2.5},\
                "billedResourceUtilization":{"vCPUHour":0.625,"memoryGBHour":2.5,"storageGBHour":3.125},\
                "totalExecutionDurationSeconds":450}}""".formatted(application, session, state.name(), seconds(created), seconds(state.since()));
    }

    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }
}
