package io.sessionevents.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuideTest {
    @ParameterizedTest
    @CsvSource({"0.25, about as long as in AWS", "1, about as long as in AWS", "13.3, 13 times faster than in AWS"})
    void shouldSayHowLongSessionsLive(double compression, String text) {
        assertThat(Guide.pace(compression)).isEqualTo(text);
    }
}
