package io.sessionevents.local.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The distribution of the commit before this one, built from its sources. */
public final class PreviousDistribution {
    private static final Path LOG = Path.of("target/previous.log");

    private PreviousDistribution() {}

    /** Its directory; null if there is no such commit, as in a source archive or a shallow clone. */
    public static @Nullable Path build() throws IOException, InterruptedException {
        String commit = output("git", "rev-parse", "--verify", "--quiet", "HEAD~1");
        if (commit.isEmpty()) {
            return null;
        }
        Path sources = Path.of("target", "previous", commit).toAbsolutePath();
        if (!Files.exists(sources.resolve("target"))) {
            Files.createDirectories(sources);
            run("sh", "-c", "git archive " + commit + " | tar -x -C '" + sources + "'");
            run(
                    sources.resolve("mvnw").toString(),
                    "-f",
                    sources.resolve("pom.xml").toString(),
                    "-B",
                    "-q",
                    "-Dquick",
                    "-Dmaven.test.skip=true",
                    "package");
        }
        return ServiceProcess.distributionIn(sources.resolve("target"));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() == 0 ? output : "";
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + ", see " + LOG);
        }
    }
}
