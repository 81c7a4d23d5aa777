package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class ReadDeadLetterTest {
    @Test
    void shouldNotLetAHeaderSteerTheTerminalOrForgeALine() {
        String row = ReadDeadLetter.row(new RecordHeader("a\u001b[2J\nkey x", "b\u009bc".getBytes(UTF_8)));

        assertThat(row).startsWith("header 0x611b5b324a0a6b65792078").endsWith(" 0x62c29b63");
        assertThat(ReadDeadLetter.row(new RecordHeader("two\nlines", "a b".getBytes(UTF_8))))
                .startsWith("header two\\nlines ")
                .endsWith(" a b");
    }

    @Test
    void shouldShowADirectionMarkAsBytes() {
        assertThat(ReadDeadLetter.text("a\u202eb".getBytes(UTF_8))).isEqualTo("0x61e280ae62");
    }
}
