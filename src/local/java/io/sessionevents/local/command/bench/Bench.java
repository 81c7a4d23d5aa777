package io.sessionevents.local.command.bench;

import io.sessionevents.SessionEvents;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An environment with a running service, and sessions that stay idle. */
record Bench(LocalEnvironment environment, RunningService running, Workload workload) implements AutoCloseable {
    private static final long SEED = 42;

    static Bench start(Path directory, Duration latency, Map<String, String> settings)
            throws IOException, InterruptedException {
        var environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, latency, Faults.NONE));
        return new Bench(environment, RunningService.start(environment, settings), Workload.of(environment, SEED, 1));
    }

    SessionEvents service() {
        return running.service();
    }

    @Override
    public void close() throws IOException {
        workload.close();
        running.close();
        environment.close();
    }
}
