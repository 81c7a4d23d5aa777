package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void shouldReplaceWhatSteersATerminalOrEndsALine() {
        assertThat(Printable.of("a\u001b[2J\u009b1m\u007f\u0000\r\n\tb\u202ec\u2066\u200bd\u2028e\u2029f\u0085"))
                .isEqualTo("a?[2J?1m?????b?c??d?e?f?");
    }

    @Test
    void shouldLeaveTheRestAsItIs() {
        assertThat(Printable.of("a b-ß_日本 😀 \"")).isEqualTo("a b-ß_日本 😀 \"");
    }
}
