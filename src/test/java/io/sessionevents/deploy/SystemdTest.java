package io.sessionevents.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit, as systemd's own tool judges it where there is one; it was not started by a systemd. */
class SystemdTest {
    private static final Path UNIT = Path.of("deploy/systemd/session-events@.service");

    /** Of ten; below five systemd calls it OK. */
    private static final String LEAST_EXPOSED_TENTHS = "15";

    @TempDir
    private Path directory;

    private Path instance;

    /** What it starts has to exist, and an instance has to have a name. */
    @BeforeEach
    void install() throws IOException {
        String here = Files.readString(UNIT).replace("/opt/session-events/bin/session-events", "/bin/true");
        instance = Files.writeString(directory.resolve("session-events@1.service"), here);
    }

    @Test
    void shouldBeUnderstoodWhole() throws IOException, InterruptedException {
        assertThat(systemdAnalyze("verify", "--man=no")).isEmpty();
    }

    @Test
    void shouldExposeLittle() throws IOException, InterruptedException {
        assertThat(systemdAnalyze("security", "--offline=true", "--threshold=" + LEAST_EXPOSED_TENTHS))
                .contains("Overall exposure level");
    }

    @Test
    void shouldWaitLongerThanTheServiceDoes() throws IOException {
        assertThat(Files.readAllLines(UNIT)).contains("TimeoutStopSec=30", "SuccessExitStatus=143");
    }

    /** The user of the service is one of its own, and the file is root's. */
    @Test
    void shouldReadNoFileOfRootByItself() throws IOException {
        List<String> lines = Files.readAllLines(UNIT);

        assertThat(lines).contains("DynamicUser=yes");
        assertThat(lines).filteredOn(line -> line.startsWith("ExecStart=")).noneMatch(line -> line.contains("/etc/"));
        assertThat(lines)
                .filteredOn(line -> line.contains("%d/"))
                .singleElement()
                .asString()
                .endsWith("--config %d/session-events.properties");
        assertThat(lines)
                .contains("LoadCredential=session-events.properties:/etc/session-events/session-events.properties");
    }

    /** With DynamicUser the directories of /var/lib and /var/cache are links, so removing them there leaves what they lead to. */
    @Test
    void shouldBeCleanedOfAllThatItKeeps() throws IOException {
        List<String> kept = Files.readAllLines(UNIT).stream()
                .filter(line -> line.matches("(State|Cache|Logs|Configuration)Directory=.*"))
                .map(line -> line.substring(0, line.indexOf("Directory=")).toLowerCase(Locale.ROOT))
                .toList();

        assertThat(kept).containsExactly("state", "cache");
        assertThat(Files.readString(Path.of("docs/operations.md")))
                .contains("`systemctl clean --what=state session-events@1`")
                .contains("`systemctl clean --what=" + String.join(",", kept) + " session-events@1`");
    }

    private String systemdAnalyze(String... arguments) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(Stream.of(
                                    Stream.of("systemd-analyze"), Stream.of(arguments), Stream.of(instance.toString()))
                            .flatMap(part -> part)
                            .toList())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.out.println("Skipped systemd-analyze " + List.of(arguments) + ": it is not on the PATH");
            assumeTrue(false, "no systemd-analyze on the PATH");
            return "";
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
