package io.sessionevents.it;

import static org.awaitility.Awaitility.await;

import io.sessionevents.local.ChildProcess;
import io.sessionevents.local.LocalEnvironment;
import io.sessionevents.local.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The packaged distribution. */
final class Distribution {
    static final Path HOME = Path.of(
            Objects.requireNonNull(System.getProperty("session-events.distribution"), "runs after mvn package only"));

    private Distribution() {}

    static ChildProcess run(LocalEnvironment environment, Path directory, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(more);
        return ServiceProcess.start(HOME, directory, "service", settings, "");
    }

    static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.toList();
        }
    }

    static void awaitLog(ChildProcess service, String... texts) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Stream.of(texts).allMatch(service.log()::contains));
    }
}
