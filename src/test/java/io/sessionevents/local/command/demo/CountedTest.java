package io.sessionevents.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
    @ParameterizedTest
    @CsvSource({"0, 0 sessions", "1, 1 session", "2, 2 sessions"})
    void shouldSayOneOfOne(long count, String text) {
        assertThat(Counted.of(count, "session")).isEqualTo(text);
    }
}
