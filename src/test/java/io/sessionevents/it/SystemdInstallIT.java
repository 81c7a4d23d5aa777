package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionevents.DocumentBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of deploy/README.md that install the unit, below a root of its own; nothing is started. */
class SystemdInstallIT {
    @TempDir
    private Path root;

    @Test
    void shouldInstallWhatTheUnitNames() throws IOException, InterruptedException {
        assumeTrue(available());
        Files.createDirectories(root.resolve("opt"));
        Files.createDirectories(root.resolve("etc/systemd/system"));

        run(commands()
                .replaceAll("(?<= )/(opt|etc)/", root + "/$1/")
                .replace("session-events-0.1.0 ", Distribution.HOME.toAbsolutePath() + " ")
                .replace("systemctl enable --now", "systemctl --root=" + root + " enable"));

        Path installed = root.resolve("opt/session-events");
        assertThat(run(installed.resolve("bin/session-events") + " version")).startsWith("session-events ");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(root.resolve("etc/session-events/session-events.properties"))))
                .isEqualTo("rw-r-----");
        assertThat(root.resolve("etc/systemd/system/session-events@.service"))
                .hasSameTextualContentAs(Path.of("deploy/systemd/session-events@.service"));
        assertThat(Files.isSymbolicLink(
                        root.resolve("etc/systemd/system/multi-user.target.wants/session-events@1.service")))
                .isTrue();
    }

    private static String commands() {
        return DocumentBlocks.all().stream()
                .filter(block -> block.document().equals("deploy/README.md")
                        && block.lines().getFirst().startsWith("cp -r"))
                .map(block -> String.join("\n", block.lines()))
                .findFirst()
                .orElseThrow();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("sh", "-eu", "-c", script))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(script + "%n%s", printed).isZero();
        return printed;
    }

    private static boolean available() throws InterruptedException {
        try {
            return new ProcessBuilder("systemctl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.out.println("skipped: SystemdInstallIT, for there is no systemctl on the PATH");
            return false;
        }
    }
}
