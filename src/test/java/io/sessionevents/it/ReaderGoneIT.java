package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.Poll;
import io.sessionevents.local.testbed.EmbeddedKafka;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose output nobody takes any more, each in a process of its own. */
class ReaderGoneIT {
    private static final File FULL = new File("/dev/full");

    @TempDir
    private Path directory;

    /** It never ends by itself, and another thread than that of the command writes. */
    @Test
    void shouldEndACommandThatIsPrintingFromAnotherThread() throws Exception {
        try (var kafka = EmbeddedKafka.start(0, directory.resolve("kafka"))) {
            kafka.createTopic(LocalEnvironment.INPUT, 1, Map.of());
            var command = DemoProcess.command(
                    "simulate",
                    directory,
                    "--port",
                    "0",
                    "--speed",
                    "1000",
                    "--bootstrap-servers",
                    kafka.bootstrapServers());
            try (var simulate = DemoProcess.start(directory, DemoProcess.builder(command))) {
                try (BufferedReader reader = simulate.process().inputReader(UTF_8)) {
                    assertThat(reader.readLine()).contains("/");
                }

                assertThat(Poll.awaited(() -> !simulate.process().isAlive())).isTrue();
                assertThat(simulate.process().exitValue()).isZero();
                assertThat(simulate.err()).isEmpty();
            }
        }
    }

    @Test
    void shouldFailWhereTheDiskIsFull() throws Exception {
        Assumptions.assumeTrue(FULL.exists());
        var command = DemoProcess.builder(DemoProcess.command("version", directory));
        try (var version = DemoProcess.start(directory, command.redirectOutput(FULL))) {
            assertThat(Poll.awaited(() -> !version.process().isAlive())).isTrue();
            assertThat(version.process().exitValue()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("err")))
                    .startsWith("session-events: standard output cannot be written");
        }
    }
}
