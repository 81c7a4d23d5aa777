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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that a run of the distribution keeps for the next one. */
@Tag("campaign")
class ClassCacheIT {
    private static final int TERMINATED = 143;
    private static final String SHARED = "io.sessionevents.ServiceRun source: shared objects file (top)";

    @TempDir
    private Path directory;

    @Test
    void shouldStartFromTheClassesOfTheFirstRunAndWithoutThemAsWell() throws Exception {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED)) {
            assertThat(classes(environment, "first")).doesNotContain(SHARED);
            Path kept = kept();

            assertThat(classes(environment, "second")).contains(SHARED);

            Files.writeString(kept, "broken");
            assertThat(classes(environment, "broken")).doesNotContain(SHARED);
            assertThat(classes(environment, "mended")).contains(SHARED);
        }
    }

    private Path kept() throws IOException {
        try (var files = Files.list(directory.resolve("cache/session-events"))) {
            return files.filter(file -> file.toString().endsWith("-run.jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Where a run that has come to RUNNING has its classes from. */
    private String classes(LocalEnvironment environment, String name) throws IOException, InterruptedException {
        Path log = directory.resolve(name + ".classes");
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.put("kafka.state.dir", directory.resolve("state").toString());
        try (ChildProcess service = ServiceProcess.start(
                List.of("env", "XDG_CACHE_HOME=" + directory.resolve("cache")),
                ServiceProcess.builtDistribution().toAbsolutePath(),
                directory,
                name,
                settings,
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:class+load:file=" + log)) {
            await().until(() -> !service.alive() || service.log().contains("state=\"RUNNING\""));
            assertThat(service.terminate(Poll.STANDSTILL)).as(service.log()).isEqualTo(TERMINATED);
        }
        return Files.readString(log);
    }
}
