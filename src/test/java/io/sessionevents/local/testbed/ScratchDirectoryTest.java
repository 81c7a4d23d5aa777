package io.sessionevents.local.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchDirectoryTest {
    @Test
    void shouldLeaveNothingBehind() throws IOException {
        Path path;
        try (var scratch = ScratchDirectory.create("scratch")) {
            path = scratch.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "d");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void shouldLeaveWhatIsKept() throws IOException {
        var scratch = ScratchDirectory.create("scratch");
        scratch.keep();
        scratch.close();

        assertThat(scratch.path()).isDirectory();
        Files.delete(scratch.path());
    }
}
