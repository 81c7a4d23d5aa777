package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution with a cache of classes that its operator has trained, as {@code deploy/README.md} says. */
@Tag("campaign")
class ClassCacheIT {
    private static final String QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ";
    private static final int TERMINATED = 143;

    @TempDir
    private Path directory;

    @Test
    void shouldStartFromACacheThatARunHasTrained() throws Exception {
        Path home = ServiceProcess.builtDistribution().toAbsolutePath();
        Path cache = directory.resolve("session-events.aot");
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED)) {
            run(home, environment, "training", QUICK + "-XX:AOTCacheOutput=" + cache);
            assertThat(cache).isNotEmptyFile();

            // Ends at once where the cache is not accepted.
            run(home, environment, "trained", QUICK + "-XX:AOTMode=on -XX:AOTCache=" + cache);

            Files.writeString(cache, "broken");
            run(home, environment, "broken", QUICK + "-XX:AOTCache=" + cache);
        }
    }

    private void run(Path home, LocalEnvironment environment, String name, String javaOptions)
            throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.put("kafka.state.dir", directory.resolve("state").toString());
        try (ChildProcess service = ServiceProcess.start(home, directory, name, settings, javaOptions)) {
            await().until(() -> !service.alive() || service.log().contains("state=\"RUNNING\""));
            assertThat(service.terminate(Poll.STANDSTILL)).as(service.log()).isEqualTo(TERMINATED);
        }
    }
}
