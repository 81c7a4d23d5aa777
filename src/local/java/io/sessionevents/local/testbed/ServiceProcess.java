package io.sessionevents.local.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts processes of the distribution as an operator does: {@code bin/session-events run --config FILE}. */
public final class ServiceProcess {
    private ServiceProcess() {}

    /**
     * Starts one.
     *
     * @param home of the distribution
     * @param directory for its configuration and its log
     * @param name of both files
     * @param javaOptions for its JVM, separated by blanks
     */
    public static ChildProcess start(
            Path home, Path directory, String name, Map<String, String> settings, String javaOptions)
            throws IOException {
        return start(List.of(), home, directory, name, settings, javaOptions);
    }

    /** The same by way of another command that executes what follows it. */
    public static ChildProcess start(
            List<String> by, Path home, Path directory, String name, Map<String, String> settings, String javaOptions)
            throws IOException {
        Path config = directory.resolve(name + ".properties");
        Files.writeString(
                config,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(home.resolve("bin/session-events").toString(), "run", "--config", config.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIATEST");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
        builder.environment().put("JAVA_OPTS", javaOptions + " '" + ChildProcess.temporaryIn(directory) + "'");
        return ChildProcess.start(builder, Files.createTempFile(directory, name, ".log"));
    }

    /** The distribution that the build has put into {@code target}. */
    public static Path builtDistribution() throws IOException {
        return distributionIn(Path.of("target"));
    }

    /** The distribution that a build has put into that directory. */
    public static Path distributionIn(Path target) throws IOException {
        try (var candidates = Files.list(target)) {
            return candidates
                    .filter(path -> Files.isExecutable(path.resolve("bin/session-events")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no distribution in " + target + "; run ./mvnw package first"));
        }
    }
}
