package io.sessionevents.local.command.bench;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Map;

/** Lookups per second with 64 in flight and calls of 50 ms, the budget off, as a share of what that allows: 1,280. */
final class Throughput {
    private static final int IN_FLIGHT = 64;
    private static final Duration CALL = Duration.ofMillis(50);
    private static final int SESSIONS = 1000;
    private static final int ROUNDS = 8;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private Throughput() {}

    static void measure(Path directory, PrintWriter out) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "budget.get-session", "1000000",
                "lookup.max.concurrent", Integer.toString(IN_FLIGHT),
                "lookup.interval.min", "1 ms");
        try (var bench = Bench.start(directory, CALL, settings)) {
            bench.workload().idle(SESSIONS);
            Poll.await(
                    "all sessions tracked",
                    () -> bench.service().statistics().tracked(),
                    () -> bench.service().statistics().tracked() == SESSIONS);
            Poll.pause(WARM_UP);
            double ceiling = IN_FLIGHT * 1000.0 / CALL.toMillis();
            var rates = new DoubleSummaryStatistics();
            var cpu = new DoubleSummaryStatistics();
            for (int round = 0; round < ROUNDS; round++) {
                long lookups = bench.service().statistics().answered();
                long busy = cpuNanos();
                long begin = System.nanoTime();
                Poll.pause(ROUND);
                double seconds = (System.nanoTime() - begin) / 1e9;
                double done = bench.service().statistics().answered() - lookups;
                rates.accept(done / seconds);
                cpu.accept((cpuNanos() - busy) / 1e3 / done);
            }
            out.printf(
                    "lookups per second: mean %.0f, %.0f to %.0f over %d rounds of %d s; ceiling %.0f; share %.1f %%%n",
                    rates.getAverage(),
                    rates.getMin(),
                    rates.getMax(),
                    ROUNDS,
                    ROUND.toSeconds(),
                    ceiling,
                    100 * rates.getAverage() / ceiling);
            out.printf(
                    "CPU per lookup, service, broker and simulated endpoint together: mean %.0f µs, %.0f to %.0f%n",
                    cpu.getAverage(), cpu.getMin(), cpu.getMax());
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
