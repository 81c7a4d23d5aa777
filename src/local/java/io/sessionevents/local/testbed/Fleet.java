package io.sessionevents.local.testbed;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instances of the service, each a process of a distribution with a state directory of its own. Owned by one thread. */
public final class Fleet implements AutoCloseable {
    /** What a graceful stop may take on a machine that is not busy. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final Pattern URL = Pattern.compile("Health and metrics at (\\S+)");
    private static final String JAVA_OPTIONS = "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final LocalEnvironment environment;
    private final Map<String, String> settings;
    private final boolean staticIdentity;
    private final String javaOptions;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<Integer, ChildProcess> running = new TreeMap<>();
    private final List<Duration> stops = new ArrayList<>();
    private final Map<Integer, Map<String, String>> own = new HashMap<>();
    private Path home;

    /**
     * Without instances yet.
     *
     * @param home of the distribution
     * @param settings beside those that lead to the environment
     * @param staticIdentity whether instances are known to the group by name
     * @param javaOptions of its JVMs, beside the usual ones
     */
    public Fleet(
            LocalEnvironment environment,
            Path home,
            Map<String, String> settings,
            boolean staticIdentity,
            String javaOptions) {
        this.environment = environment;
        this.home = home;
        this.settings = settings;
        this.staticIdentity = staticIdentity;
        this.javaOptions = JAVA_OPTIONS + javaOptions;
    }

    /** The distribution that instances are started from. */
    public Path home() {
        return home;
    }

    /** From now on instances are started from another distribution. */
    public void use(Path otherHome) {
        home = otherHome;
    }

    public List<Integer> numbers() {
        return List.copyOf(running.keySet());
    }

    public ChildProcess process(int number) {
        ChildProcess process = running.get(number);
        if (process == null) {
            throw new IllegalStateException("no instance " + number);
        }
        return process;
    }

    public Path stateDirectory(int number) {
        return environment.directory().resolve("state-" + number);
    }

    /** From now on that instance is started with these settings too. */
    public void give(int number, Map<String, String> more) {
        own.put(number, Map.copyOf(more));
    }

    public void start(int number) throws IOException {
        start(number, List.of());
    }

    /** Starts one by way of another command. */
    public void start(int number, List<String> by) throws IOException {
        if (running.containsKey(number)) {
            throw new IllegalStateException("instance " + number + " runs already");
        }
        Files.createDirectories(stateDirectory(number));
        Map<String, String> all = new HashMap<>(environment.settings());
        all.putAll(settings);
        all.putAll(own.getOrDefault(number, Map.of()));
        all.put("kafka.state.dir", stateDirectory(number).toString());
        if (staticIdentity) {
            all.put("kafka.group.instance.id", "instance-" + number);
        }
        running.put(
                number,
                ServiceProcess.start(by, home, environment.directory(), "instance-" + number, all, javaOptions));
    }

    /** Waits until it says that it is ready. */
    public void awaitReady(int number) throws InterruptedException {
        Poll.await("instance " + number + " ready", () -> process(number).log().length(), () -> ready(number));
    }

    /** SIGTERM; it has to end as the signal asks, and in time. */
    public void terminate(int number) throws InterruptedException {
        ChildProcess process = process(number);
        Instant begin = Instant.now();
        int exit = process.terminate(Poll.STANDSTILL);
        Duration took = Duration.between(begin, Instant.now());
        running.remove(number);
        stops.add(took);
        Duration allowed = Poll.onThisMachine(GRACE);
        if (exit != TERMINATED || took.compareTo(allowed) > 0) {
            throw new IllegalStateException("instance %d ended with %d after %.1f s, expected %d within %d s"
                    .formatted(number, exit, took.toMillis() / 1000.0, TERMINATED, allowed.toSeconds()));
        }
    }

    /** SIGKILL. */
    public void kill(int number) throws InterruptedException {
        int exit = process(number).kill();
        running.remove(number);
        if (exit != KILLED) {
            throw new IllegalStateException("instance " + number + " ended with " + exit + ", expected " + KILLED);
        }
    }

    /** Forgets one that has ended by itself. */
    public void bury(int number) {
        if (process(number).alive()) {
            throw new IllegalStateException("instance " + number + " is alive");
        }
        running.remove(number);
    }

    /** Starts those again that have ended by themselves, as a supervisor does: how many. */
    public int supervise() throws IOException {
        List<Integer> ended =
                numbers().stream().filter(number -> !process(number).alive()).toList();
        for (int number : ended) {
            bury(number);
            start(number);
        }
        return ended.size();
    }

    /** Fails unless that instance runs from that distribution; its command line shows it. */
    public void requireFrom(int number, Path distribution) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(process(number).pid()), "cmdline");
        if (!Files.readString(commandLine).contains(distribution.toRealPath().toString())) {
            throw new IllegalStateException("instance " + number + " does not run from " + distribution);
        }
    }

    /** How long each graceful stop took. */
    public List<Duration> stops() {
        return List.copyOf(stops);
    }

    private boolean ready(int number) throws InterruptedException {
        ChildProcess process = process(number);
        if (!process.alive()) {
            throw new IllegalStateException("instance " + number + " has ended: " + process.log());
        }
        return "200".equals(status(process));
    }

    /** What it says of itself in Prometheus' text format; empty if it does not answer. */
    public String metrics(int number) throws InterruptedException {
        HttpResponse<String> answer = answer(process(number), "/metrics");
        return answer == null ? "" : answer.body();
    }

    private @Nullable String status(ChildProcess process) throws InterruptedException {
        HttpResponse<String> answer = answer(process, "/health/ready");
        return answer == null ? null : Integer.toString(answer.statusCode());
    }

    private @Nullable HttpResponse<String> answer(ChildProcess process, String path) throws InterruptedException {
        Matcher url = URL.matcher(process.log());
        if (!url.find()) {
            return null;
        }
        var request = HttpRequest.newBuilder(URI.create(url.group(1) + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        running.values().forEach(ChildProcess::close);
        http.close();
    }
}
