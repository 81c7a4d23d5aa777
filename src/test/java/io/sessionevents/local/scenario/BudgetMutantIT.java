package io.sessionevents.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget that each instance keeps for itself is found out, though each of them keeps it. */
@Tag("campaign")
class BudgetMutantIT {
    private static final double RATE = 9.5;
    private static final int SESSIONS = 200;
    private static final long SEED = 42;
    private static final String JAVA_OPTIONS = "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** Paces an instance at its share, as if there were no other. */
    private static final String EACH_BY_ITSELF = """
            package io.sessionevents.calls;

            record Places(double rate, int partitions, int owned) implements Pace {
                static Places none(double rate, int partitions) {
                    return new Places(rate, partitions, 0);
                }

                Places owning(java.util.Collection<Integer> opened, long now) {
                    return new Places(rate, partitions, opened.size());
                }

                boolean of(double fleetRate, int ofPartitions) {
                    return true;
                }

                public Places reopened(long now) {
                    return this;
                }

                public double share() {
                    return rate * owned / partitions;
                }

                public long moment(long last, int ahead, long now, double factor) {
                    return new EvenPace(share()).moment(last, ahead, now, factor);
                }
            }
            """;

    @TempDir
    private Path directory;

    private final List<ChildProcess> instances = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = 3)
    void shouldFindOutInstancesThatPaceThemselves(int count) throws Exception {
        Path home = MutatedDistribution.of(
                ServiceProcess.builtDistribution(),
                directory.resolve("mutant"),
                "io.sessionevents.calls.Places",
                EACH_BY_ITSELF);
        var slow = new SimulatedEmrServerless.Options(1e9, 1_000_000, Duration.ofMillis(20), Faults.NONE);
        try (var environment = LocalEnvironment.start(0, 0, directory, slow);
                var workload = Workload.of(environment, SEED, 1)) {
            workload.idle(SESSIONS);
            for (int i = 0; i < count; i++) {
                instances.add(start(environment, home, i));
            }
            await().pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(new BudgetNeverExceeded(RATE)
                                    .violations(environment.emr().truth(), List.of()))
                            .isNotEmpty());
        } finally {
            instances.forEach(ChildProcess::close);
        }
    }

    private ChildProcess start(LocalEnvironment environment, Path home, int number) throws Exception {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.put("kafka.state.dir", directory.resolve("state-" + number).toString());
        settings.put("budget.get-session", Double.toString(RATE));
        return ServiceProcess.start(home, directory, "instance-" + number, settings, JAVA_OPTIONS);
    }
}
