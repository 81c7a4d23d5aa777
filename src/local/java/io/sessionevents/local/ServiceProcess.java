package io.sessionevents.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of the distribution, started as an operator does: {@code bin/session-events run --config FILE}. */
public final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param home of the distribution
     * @param directory for its configuration and its log
     * @param name of both files
     * @param javaOptions for its JVM, separated by blanks
     */
    public static ServiceProcess start(
            Path home, Path directory, String name, Map<String, String> settings, String javaOptions)
            throws IOException {
        Path config = directory.resolve(name + ".properties");
        Files.writeString(
                config,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        Path log = Files.createTempFile(directory, name, ".log");
        var builder =
                new ProcessBuilder(home.resolve("bin/session-events").toString(), "run", "--config", config.toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIATEST");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
        builder.environment().put("JAVA_OPTS", javaOptions);
        return new ServiceProcess(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    /** The distribution that the build has put into {@code target}. */
    public static Path builtDistribution() throws IOException {
        try (var candidates = Files.list(Path.of("target"))) {
            return candidates
                    .filter(path -> Files.isExecutable(path.resolve("bin/session-events")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no distribution in target/; run ./mvnw package first"));
        }
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and waits: the exit code. */
    public int terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return awaitEnd(patience);
    }

    /** Waits: the exit code. */
    public int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + patience + ": " + log());
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGSTOP. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + signal + " of process " + process.pid() + " ended with " + exit);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
