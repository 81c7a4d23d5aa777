package io.sessionevents.local.command.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Time from publishing an ID to reading its committed event, less the call to AWS. */
final class Latency {
    private static final Duration CALL = Duration.ofMillis(50);
    private static final int WARM_UP = 100;
    private static final int MEASURED = 400;
    private static final Duration BETWEEN = Duration.ofMillis(53);

    private Latency() {}

    static void measure(Path directory, PrintWriter out, InstantSource clock) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of("budget.get-session", "1000000", "lookup.interval.min", "1 h");
        try (var bench = Bench.start(directory, CALL, settings);
                var reader = bench.environment().changes()) {
            Map<String, Instant> published = new HashMap<>();
            List<Long> millis = new ArrayList<>();
            Instant next = clock.instant();
            while (millis.size() < WARM_UP + MEASURED) {
                Instant now = clock.instant();
                if (published.size() < WARM_UP + MEASURED && !now.isBefore(next)) {
                    published.put(bench.workload().idle(now).key().sessionId(), now);
                    next = now.plus(BETWEEN);
                }
                reader.poll(event -> {
                    Instant since =
                            published.getOrDefault(event.get("sessionId").toString(), now);
                    millis.add(
                            Duration.between(since, clock.instant()).minus(CALL).toMillis());
                });
            }
            List<Long> measured = new ArrayList<>(millis.subList(WARM_UP, millis.size()));
            Collections.sort(measured);
            out.printf(
                    "publish to committed event, less the call of %d ms, %d sessions: median %d ms, p90 %d ms, p99 %d ms, longest %d ms%n",
                    CALL.toMillis(),
                    MEASURED,
                    measured.get(MEASURED / 2),
                    measured.get(MEASURED * 90 / 100),
                    measured.get(MEASURED * 99 / 100),
                    measured.getLast());
        }
    }
}
