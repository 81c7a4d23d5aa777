package io.sessionevents.local.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * AssumeRole and GetCallerIdentity of STS over real HTTP, in every Region: checks the whole signature, the trust of the role and the
 * external ID, gives out credentials that the accounts take until they expire, and notes every request.
 */
public final class SimulatedSts implements AutoCloseable {
    private final InstantSource clock;
    private final AccessKeys keys;
    private final CallerCheck callers;
    private final Map<String, AssumableRole> roles = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<StsCall> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Duration lifetime;
    private volatile StsFault fault = StsFault.NONE;

    private SimulatedSts(InstantSource clock, AccessKeys keys, Duration lifetime) throws IOException {
        this.clock = clock;
        this.keys = keys;
        this.lifetime = lifetime;
        this.callers = new CallerCheck("sts", null, keys);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts it on a free port of loopback.
     *
     * @param keys of all who may call, to which those are added that it gives out
     * @param lifetime of these, whatever is asked for; AWS gives none for less than 15 minutes
     */
    public static SimulatedSts start(InstantSource clock, AccessKeys keys, Duration lifetime) throws IOException {
        return new SimulatedSts(clock, keys, lifetime);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets a role be assumed as it says, from now on. */
    public void allow(AssumableRole role) {
        roles.put(role.arn(), role);
        refused.remove(role.arn());
    }

    /** Lets nobody assume that role from now on; credentials given out before stay valid, as they do at AWS. */
    public void refuse(String roleArn) {
        refused.add(roleArn);
    }

    /** Takes that back. */
    public void forgive(String roleArn) {
        refused.remove(roleArn);
    }

    /** Changes how long the credentials live that are given out from now on. */
    public void live(Duration time) {
        lifetime = time;
    }

    /** Changes what goes wrong, from now on. */
    public void behave(StsFault newFault) {
        fault = newFault;
    }

    /** Every request so far, in order of arrival. */
    public List<StsCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Instant now = clock.instant();
            StsRequest request = StsRequest.parse(body);
            SignedRequest signed = SignedRequest.of(exchange, body);
            StsReply reply = fault == StsFault.SILENCE ? null : reply(request, signed, now);
            calls.add(new StsCall(
                    now,
                    request.action(),
                    signed == null ? null : signed.authorization().keyId(),
                    request.role(),
                    request.sessionName(),
                    request.externalId(),
                    reply == null ? StsCall.UNANSWERED : reply.outcome()));
            if (reply == null) {
                closed.await();
            } else {
                reply.answer().send(exchange, closed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StsReply reply(StsRequest request, @Nullable SignedRequest signed, Instant now) {
        if (fault != StsFault.NONE) {
            return fault == StsFault.THROTTLED ? StsReply.throttled() : StsReply.internalError();
        }
        CallerVerdict verdict = callers.verdict(signed, now);
        if (signed == null || verdict != CallerVerdict.WELCOME) {
            return StsReply.refused(verdict, now);
        }
        AccessKey caller = keys.find(signed.authorization().keyId()).orElseThrow();
        return switch (request.action()) {
            case "GetCallerIdentity" -> StsReply.identity(caller);
            case "AssumeRole" -> request.problem().map(StsReply::invalid).orElseGet(() -> assume(request, caller, now));
            default -> StsReply.invalid("no such action: " + request.action());
        };
    }

    private StsReply assume(StsRequest request, AccessKey caller, Instant now) {
        String arn = String.valueOf(request.role());
        AssumableRole role = roles.get(arn);
        if (role == null || refused.contains(arn) || !role.trusts(caller, request.externalId())) {
            return StsReply.notTrusted(caller, arn);
        }
        String unique = UUID.randomUUID().toString().replace("-", "");
        String token = "token+of/" + unique + "==";
        var issued = new AccessKey(
                "ASIA" + unique.substring(0, 16).toUpperCase(java.util.Locale.ROOT),
                unique,
                token,
                role.account(),
                role.session(String.valueOf(request.sessionName())),
                now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS));
        keys.add(issued);
        return StsReply.assumed(issued, token);
    }
}
