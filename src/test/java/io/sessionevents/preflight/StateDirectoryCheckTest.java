package io.sessionevents.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryCheckTest {
    @TempDir
    private Path directory;

    @Test
    void shouldMakeTheDirectoryAndFindNothing() {
        Path state = directory.resolve("not/there/yet");

        assertThat(findings(new StateDirectoryCheck(state))).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void shouldNameADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(findings(new StateDirectoryCheck(file.resolve("state"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains(file.resolve("state").toString(), "cannot be written to");
                    assertThat(finding.fix()).contains("kafka.state.dir");
                    assertThat(finding.mayPass()).isFalse();
                });
    }

    @Test
    void shouldWaitForRoom() {
        assertThat(findings(new StateDirectoryCheck(directory, Long.MAX_VALUE)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains(directory.toString(), "MiB free");
                    assertThat(finding.mayPass()).isTrue();
                });
    }

    private static List<Finding> findings(StateDirectoryCheck check) {
        return check.outcomes().stream()
                .flatMap(outcome -> outcome.findings().stream())
                .toList();
    }
}
