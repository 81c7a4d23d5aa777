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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GetSession, ListSessions and ListApplications of EMR Serverless over real HTTP, for one account in one Region: checks the SigV4 header, lets
 * sessions live by their scripts, throttles by token bucket with AWS's own answers, fails on request, and keeps the truth.
 */
public final class SimulatedEmrServerless implements AutoCloseable {
    private static final Pattern ONE = Pattern.compile("/applications/([^/]+)/sessions/([^/]+)");
    private static final String SERVICE = "emr-serverless";
    private static final Answer UNSIGNED =
            Answer.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    private static final Answer NO_OPERATION = Answer.error(400, "ValidationException", "no such operation");
    private static final long SEED = 42;

    /** What an answer may take longer than it was meant to; a fifth of the usual patience of a client. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    static {
        // Without it, answers wait for the client's delayed acknowledgement: 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final InstantSource clock;
    private final Options options;
    private final TokenBucket bucket;
    private final CallerCheck callers;
    private final FaultyAnswers answers;
    private final Lists lists;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Faults faults;
    private final Map<SessionKey, SimulatedSession> sessions = new ConcurrentHashMap<>();
    private final RequestLog requests = new RequestLog();
    private final Pulse pulse;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final HttpServer server;

    /**
     * How it behaves.
     *
     * @param requestsPerSecond refill of the token bucket
     * @param burst size of the token bucket
     * @param latency time that every answer takes
     * @param faults what goes wrong at first
     * @param account that it answers for
     * @param keys that there are in all accounts; null: whoever signs is taken for one of this account
     */
    public record Options(
            double requestsPerSecond,
            int burst,
            Duration latency,
            Faults faults,
            AwsAccount account,
            @Nullable AccessKeys keys) {
        public static final Options UNLIMITED = new Options(1e9, 1_000_000, Duration.ZERO, Faults.NONE);

        /** Of the default account, and of any credentials. */
        public Options(double requestsPerSecond, int burst, Duration latency, Faults faults) {
            this(requestsPerSecond, burst, latency, faults, AwsAccount.DEFAULT, null);
        }

        /** The same for that account, which takes its own credentials only. */
        public Options of(AwsAccount owner, AccessKeys allKeys) {
            return new Options(requestsPerSecond, burst, latency, faults, owner, allKeys);
        }
    }

    private SimulatedEmrServerless(InstantSource clock, Options options, InetSocketAddress address) throws IOException {
        this.clock = clock;
        this.options = options;
        this.faults = options.faults();
        this.callers = new CallerCheck(SERVICE, options.account(), options.keys());
        this.answers = new FaultyAnswers(sessions, SEED);
        this.lists = new Lists(clock, options.account(), sessions, SEED);
        this.bucket = new TokenBucket(options.requestsPerSecond(), options.burst(), clock.instant());
        this.pulse = Pulse.start(clock);
        this.server = HttpServer.create(address, 1024);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts the endpoint on a free port of loopback. */
    public static SimulatedEmrServerless start(InstantSource clock, Options options) throws IOException {
        return start(clock, options, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    /** Starts the endpoint at that address. */
    public static SimulatedEmrServerless start(InstantSource clock, Options options, InetSocketAddress address)
            throws IOException {
        return new SimulatedEmrServerless(clock, options, address);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Whose sessions these are. */
    public AwsAccount account() {
        return options.account();
    }

    /** Adds a session, or puts another in its place; its application is there with it. */
    public void add(SimulatedSession session) {
        lists.add(session.key().applicationId());
        sessions.put(session.key(), session);
    }

    /** Changes a session's state now. */
    public void become(SessionKey key, String state) {
        SimulatedSession session = sessions.get(key);
        if (session == null) {
            throw new IllegalArgumentException("no session " + key);
        }
        session.become(state, clock);
    }

    /** Changes what goes wrong, from now on. */
    public void behave(Faults newFaults) {
        faults = newFaults;
    }

    /** What is answered to those who ask for lists. */
    public Lists lists() {
        return lists;
    }

    /** The true life of one session so far. */
    public List<Phase> truth(SessionKey key) {
        SimulatedSession session = sessions.get(key);
        return session == null ? List.of() : session.phases();
    }

    /** What has really happened so far. */
    public Truth truth() {
        Map<SessionKey, List<Phase>> lives = new TreeMap<>();
        Set<SessionKey> clearing = new HashSet<>();
        Map<SessionKey, UsageScript> usage = new HashMap<>();
        sessions.forEach((key, session) -> {
            lives.put(key, session.phases());
            if (session.clearsIdleSince()) {
                clearing.add(key);
            }
            if (session.usage() != null) {
                usage.put(key, session.usage());
            }
        });
        return new Truth(lives, clearing, requests.all(), lists.log(), pulse.stalls(), usage);
    }

    /** Forgets requests from before that time, and sessions that had ended by then: one that runs for days needs room. */
    public void forgetBefore(Instant time) {
        requests.forgetBefore(time);
        lists.forgetBefore(time);
        sessions.values()
                .removeIf(session -> session.phases().getLast().terminal()
                        && session.phases().getLast().from().isBefore(time));
    }

    /** How many requests that has gone wrong with. */
    public long requests(Fault fault) {
        return requests.count(fault);
    }

    /** How often each session was looked at since then and the answer told the truth. */
    public Map<SessionKey, Integer> looksSince(Instant since) {
        return requests.honestSince(since);
    }

    /** Requests that have come in and have no answer yet. */
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        closed.countDown();
        pulse.close();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Instant now = clock.instant();
        String path = exchange.getRequestURI().getPath();
        Matcher one = ONE.matcher(path);
        Optional<Operation> list = Operation.list(path);
        CallerVerdict caller = caller(exchange, now);
        try {
            if (exchange.getRequestMethod().equals("GET") && one.matches()) {
                look(exchange, options.account().key(one.group(1), one.group(2)), caller, now);
            } else if (exchange.getRequestMethod().equals("GET") && list.isPresent()) {
                list(exchange, list.get(), caller, now);
            } else {
                boolean _ = send(exchange, NO_OPERATION, Fault.NONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void look(HttpExchange exchange, SessionKey key, CallerVerdict caller, Instant now)
            throws IOException, InterruptedException {
        // AWS looks at who calls before anything else.
        Fault fault = caller.fault().orElseGet(() -> bucket.take(now) ? next(key, now) : Fault.THROTTLED);
        boolean signed = caller != CallerVerdict.UNSIGNED;
        Answer answer = signed ? answers.to(key, fault, now) : UNSIGNED;
        RequestLog.Entry entry =
                requests.add(now, key, answer, fault, signed ? answers.shown(key, fault, now) : Truth.NOTHING);
        inFlight.incrementAndGet();
        try {
            if (send(exchange, answer, fault)) {
                answered(entry, now.plus(fault.delay(options.latency())));
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** What goes wrong anyway, or by the script of the session. */
    private Fault next(SessionKey key, Instant now) {
        Fault drawn = faults.next(key);
        SimulatedSession session = sessions.get(key);
        Fault own = session == null ? Fault.NONE : session.fault(now);
        return own == Fault.VANISHED || drawn == Fault.NONE ? own : drawn;
    }

    private void list(HttpExchange exchange, Operation operation, CallerVerdict caller, Instant now)
            throws IOException, InterruptedException {
        Fault fault =
                caller.fault().orElseGet(() -> lists.allow(operation, now) ? faults.nextOfList() : Fault.THROTTLED);
        Answer answer = caller == CallerVerdict.UNSIGNED
                ? UNSIGNED
                : lists.to(Lists.Request.of(operation, exchange.getRequestURI()), fault, now);
        boolean _ = send(exchange, answer, fault);
    }

    /** Whether an answer was sent. */
    private boolean send(HttpExchange exchange, @Nullable Answer answer, Fault fault)
            throws IOException, InterruptedException {
        boolean _ = closed.await(fault.delay(options.latency()).toMillis(), TimeUnit.MILLISECONDS);
        if (answer != null) {
            answer.send(exchange, closed);
        } else if (fault == Fault.SILENCE) {
            closed.await();
        }
        return answer != null;
    }

    /** Noted only if it was not much later than it was meant to be: else the client may have given it up. */
    private void answered(RequestLog.Entry entry, Instant due) {
        Instant now = clock.instant();
        if (!now.isAfter(due.plus(DELAY))) {
            entry.answered(now);
        }
    }

    private CallerVerdict caller(HttpExchange exchange, Instant now) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return callers.verdict(SignedRequest.of(exchange, body), now);
    }
}
