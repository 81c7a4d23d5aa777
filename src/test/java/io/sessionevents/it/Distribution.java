package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of the distribution, started as an operator does: {@code bin/session-events run --config FILE}. */
final class Distribution implements AutoCloseable {
    static final Path HOME = Path.of(
            Objects.requireNonNull(System.getProperty("session-events.distribution"), "runs after mvn package only"));

    private final Process process;
    private final Path log;

    private Distribution(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Distribution run(LocalEnvironment environment, Path directory, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(more);
        Path config = directory.resolve("service.properties");
        Files.writeString(
                config,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        Path log = Files.createTempFile(directory, "service", ".log");
        var builder =
                new ProcessBuilder(HOME.resolve("bin/session-events").toString(), "run", "--config", config.toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIATEST");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
        return new Distribution(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.toList();
        }
    }

    void awaitLog(String... texts) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Stream.of(texts).allMatch(log()::contains));
    }

    String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and waits: the exit code. */
    int terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return awaitEnd(patience);
    }

    int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + patience + ": " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
