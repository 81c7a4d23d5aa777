package io.sessionevents.local.command.bench.outside;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.sessionevents.local.Poll;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.ProcessUsage;
import io.sessionevents.local.testbed.SeparateProcesses;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** One instance of the distribution, started as an operator does. Owned by one thread. */
final class MeasuredService implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("Health and metrics at (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ChildProcess process;
    private final long started = System.nanoTime();
    private @Nullable String url;
    private @Nullable JMXConnector management;

    /** @param javaOptions for its JVM, separated by blanks */
    MeasuredService(SeparateProcesses around, Map<String, String> settings, String javaOptions) throws IOException {
        process = ServiceProcess.start(
                ServiceProcess.builtDistribution().toAbsolutePath(),
                around.directory(),
                "service",
                around.settings(settings),
                javaOptions);
    }

    /** Seconds since the process was started. */
    double age() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Waits until it is ready: RUNNING, with all its tasks. */
    void awaitRunning() throws IOException, InterruptedException {
        while (!ready()) {
            if (!process.alive()) {
                throw new IOException("the service has ended: " + process.log());
            }
            Poll.pause(Duration.ofMillis(20));
        }
    }

    private boolean ready() throws InterruptedException {
        if (url == null) {
            Matcher said = URL.matcher(process.log());
            url = said.find() ? said.group(1) : null;
        }
        try {
            return url != null && ask("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What it answers with status 200. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Milliseconds until it has answered, so many times. */
    Spread times(String path, int often) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < often; i++) {
            long begin = System.nanoTime();
            String _ = get(path);
            times.add((System.nanoTime() - begin) / 1e6);
        }
        return new Spread(times);
    }

    /** The sum of a metric over its series; 0 before the first of them. */
    double metric(String name) throws IOException, InterruptedException {
        return Pattern.compile("(?m)^" + name + "(?:\\{.*\\})? ([0-9.E]+)$")
                .matcher(get("/metrics"))
                .results()
                .mapToDouble(series -> Double.parseDouble(series.group(1)))
                .sum();
    }

    /** Lookups answered so far. */
    double lookups() throws IOException, InterruptedException {
        return metric("session_events_lookups_total");
    }

    int tracked() throws IOException, InterruptedException {
        return (int) metric("session_events_sessions_tracked");
    }

    Duration cpu() throws IOException {
        return ProcessUsage.cpu(process.pid());
    }

    /** Megabytes. */
    double residentMegabytes() throws IOException {
        return ProcessUsage.residentBytes(process.pid()) / 1048576.0;
    }

    /** Megabytes of heap that a full collection leaves. */
    double heapMegabytes() throws IOException {
        var memory = JMX.newMXBeanProxy(management(), name(ManagementFactory.MEMORY_MXBEAN_NAME), MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    /**
     * Longest time in milliseconds between two polls of a StreamThread, among those of the last half minute at least, as Kafka's consumer
     * has measured it.
     */
    double longestSilence() throws IOException {
        double longest = 0;
        try {
            MBeanServerConnection server = management();
            for (ObjectName consumer :
                    server.queryNames(name("kafka.consumer:type=consumer-metrics,client-id=*"), null)) {
                double silence = (Double) server.getAttribute(consumer, "time-between-poll-max");
                if (consumer.getKeyProperty("client-id").contains("StreamThread")
                        && !consumer.getKeyProperty("client-id").contains("restore")) {
                    longest = Math.max(longest, Double.isNaN(silence) ? 0 : silence);
                }
            }
        } catch (JMException e) {
            throw new IOException("the consumers do not tell of their polls", e);
        }
        return longest;
    }

    /** Deserializes what a process of ours says. */
    @SuppressWarnings("BanJNDI")
    private MBeanServerConnection management() throws IOException {
        if (management == null) {
            try {
                VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
                try {
                    management = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                } finally {
                    machine.detach();
                }
            } catch (AttachNotSupportedException e) {
                throw new IOException("the JVM of the service is not to be managed", e);
            }
        }
        return management.getMBeanServerConnection();
    }

    private static ObjectName name(String text) throws IOException {
        try {
            return ObjectName.getInstance(text);
        } catch (JMException e) {
            throw new IOException(text, e);
        }
    }

    /** SIGTERM, and waits for its end. */
    void stop() throws InterruptedException {
        int _ = process.terminate(Poll.STANDSTILL);
    }

    @Override
    public void close() throws IOException {
        if (management != null && process.alive()) {
            management.close();
        }
        process.close();
        http.close();
    }
}
