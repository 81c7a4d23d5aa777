package io.sessionevents.local.command.bench.outside;

import com.sun.management.OperatingSystemMXBean;
import io.sessionevents.local.Poll;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * CPU of one GetSession call, by the HTTP client under the SDK: the generated client, signing and reading are the same. The clients take
 * turns, so that what else the machine does meets them all. The endpoint is a process of its own.
 */
public final class CallCost {
    private static final int CALLS = 1_000;

    /** Until the better compiler has nothing left to do, whose CPU would count as the calls'. */
    private static final int WARM_UP = 40;

    private static final int ROUNDS = 15;
    private static final int AT_ONCE = 16;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private CallCost() {}

    /** Microseconds of one call, a value for each round: CPU, and elapsed. */
    private record Cost(List<Double> caller, List<Double> alone, List<Double> elapsed, List<Double> together) {
        Cost() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Measures all clients on the class path, and prints a table. */
    public static void measure(Path directory, PrintWriter out) throws IOException, InterruptedException {
        int port = Ports.freeAndKept();
        try (var _ = ChildProcess.ofThisClassPath(
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                EndpointMain.class,
                List.of(Integer.toString(port)),
                directory.resolve("endpoint.log"))) {
            Poll.await("endpoint", () -> Ports.listened(port));
            new CallCost().measure(URI.create("http://127.0.0.1:" + port), out);
        }
    }

    private void measure(URI endpoint, PrintWriter out) throws InterruptedException {
        Map<String, EmrServerlessClient> clients = MeasuredClients.all(endpoint, AT_ONCE);
        Map<String, Cost> costs = new LinkedHashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (var client : clients.entrySet()) {
                    var thrownAway = new Cost();
                    measure(
                            client.getValue(),
                            callers,
                            round < 0 ? thrownAway : costs.computeIfAbsent(client.getKey(), first -> new Cost()));
                }
            }
        }
        var table = new Table(out);
        costs.forEach((client, cost) -> {
            table.add(client, "CPU of the caller's thread, µs", new Spread(cost.caller()).text(0));
            table.add(client, "CPU of the process, one caller, µs", new Spread(cost.alone()).text(0));
            table.add(client, "elapsed, one caller, µs", new Spread(cost.elapsed()).text(0));
            table.add(
                    client,
                    "CPU of the process, " + AT_ONCE + " callers on virtual threads, µs",
                    new Spread(cost.together()).text(0));
        });
        out.printf("%n%d calls a round, %d rounds%n%n%s", CALLS, ROUNDS, table.markdown());
        clients.values().forEach(EmrServerlessClient::close);
    }

    private void measure(EmrServerlessClient client, ExecutorService callers, Cost cost) throws InterruptedException {
        long thread = threads.getCurrentThreadCpuTime();
        long process = system.getProcessCpuTime();
        long begin = System.nanoTime();
        call(client, CALLS);
        cost.caller().add(micros(threads.getCurrentThreadCpuTime() - thread));
        cost.elapsed().add(micros(System.nanoTime() - begin));
        cost.alone().add(micros(system.getProcessCpuTime() - process));
        process = system.getProcessCpuTime();
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(callers.submit(() -> call(client, CALLS / AT_ONCE)));
        }
        for (Future<?> each : calls) {
            try {
                var _ = each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a call failed", e);
            }
        }
        cost.together().add(micros(system.getProcessCpuTime() - process) * CALLS / (CALLS / AT_ONCE * AT_ONCE));
    }

    private static double micros(long nanos) {
        return nanos / 1e3 / CALLS;
    }

    private static void call(EmrServerlessClient client, int times) {
        for (int i = 0; i < times; i++) {
            var _ = client.getSession(
                    request -> request.applicationId("00g92n5o091bas09").sessionId("00f1session"));
        }
    }
}
