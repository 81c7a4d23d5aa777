package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path directory;

    @Test
    void shouldCompleteCommandsAndOptionsInBash() throws IOException, InterruptedException {
        var script = Invocation.run("completion");
        assertThat(script.code()).isZero();
        assertThat(script.err()).isEmpty();
        assumeTrue(Files.isExecutable(BASH), "bash");

        Path file = Files.writeString(directory.resolve("completion"), script.out());

        assertThat(complete(file, "session-events", "val")).isEqualTo("validate");
        assertThat(complete(file, "session-events", "topics", "cr")).isEqualTo("create");
        assertThat(complete(file, "session-events", "health", "--l")).isEqualTo("--live");
    }

    /** As bash does it when the tab key is pressed; compopt works within such a completion only. */
    private static String complete(Path script, String... words) throws IOException, InterruptedException {
        String program = "compopt() { :; }; source '" + script + "'; COMP_WORDS=(" + String.join(" ", words)
                + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE};"
                + " $(complete -p session-events | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder(BASH.toString(), "--norc", "-c", program)
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        return printed.strip();
    }
}
