package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardOutputTest {
    private static final OutputStream NOBODY = new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("gone");
        }
    };

    private final List<Integer> codes = new ArrayList<>();

    /** A reader that leaves is no failure, a full disk is one. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void shouldAskOnceForTheEnd(boolean read, int code) {
        var nobody = new StandardOutput(NOBODY, () -> read, codes::add);
        var out = new PrintWriter(nobody, true, UTF_8);

        out.println("one");
        out.println("two");

        assertThat(codes).containsExactly(code);
        assertThat(out.checkError()).isTrue();
        assertThat(nobody.exitCode(7)).as("whatever the command says").isEqualTo(code);
    }

    @Test
    void shouldAskForNothingWhileSomebodyReads() throws IOException {
        try (var out = new StandardOutput(OutputStream.nullOutputStream(), () -> true, codes::add)) {
            out.write("one".getBytes(UTF_8));
            out.write('\n');
            assertThat(out.exitCode(7)).isEqualTo(7);
        }

        assertThat(codes).isEmpty();
    }
}
