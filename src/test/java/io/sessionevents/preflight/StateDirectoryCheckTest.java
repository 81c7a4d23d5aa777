package io.sessionevents.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryCheckTest {
    @TempDir
    private Path directory;

    @Test
    void shouldMakeTheDirectoryAndFindNothing() {
        Path state = directory.resolve("not/there/yet");

        assertThat(new StateDirectoryCheck(state).findings()).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void shouldNameADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(new StateDirectoryCheck(file.resolve("state")).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains(file.resolve("state").toString(), "cannot be written to");
                    assertThat(finding.fix()).contains("kafka.state.dir");
                    assertThat(finding.mayPass()).isFalse();
                });
    }

    @Test
    void shouldWaitForRoom() {
        assertThat(new StateDirectoryCheck(directory, Long.MAX_VALUE).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).contains(directory.toString(), "MiB free");
                    assertThat(finding.mayPass()).isTrue();
                });
    }
}
