package io.sessionevents.it;

import static org.awaitility.Awaitility.await;

import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The packaged distribution. */
final class Distribution {
    static final Path HOME = Path.of(
            Objects.requireNonNull(System.getProperty("session-events.distribution"), "runs after mvn package only"));

    private static final String OVER_SOON = "-XX:TieredStopAtLevel=1";

    private Distribution() {}

    static ChildProcess run(LocalEnvironment environment, Path directory, Map<String, String> more) throws IOException {
        return run(HOME, environment, directory, more);
    }

    static ChildProcess run(Path home, LocalEnvironment environment, Path directory, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(more);
        return ServiceProcess.start(home, directory, "service", settings, OVER_SOON);
    }

    /** A copy of it in that directory with one jar more, which holds these classes. */
    static Path withJar(Path directory, Class<?>... types) throws IOException {
        Path copy = directory.resolve("distribution");
        Path lib = Files.createDirectories(copy.resolve("lib"));
        for (Path jar : jars()) {
            Files.createLink(lib.resolve(jar.getFileName()), jar);
        }
        Path launcher = Files.createDirectories(copy.resolve("bin")).resolve("session-events");
        Files.copy(HOME.resolve("bin/session-events"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("more.jar")))) {
            for (Class<?> type : types) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream bytes =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name), name)) {
                    bytes.transferTo(jar);
                }
            }
        }
        return copy;
    }

    static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.toList();
        }
    }

    static void awaitLog(ChildProcess service, String... texts) {
        await().until(() -> Stream.of(texts).allMatch(service.log()::contains));
    }
}
