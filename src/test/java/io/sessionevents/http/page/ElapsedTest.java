package io.sessionevents.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "-PT5S,        0 s",
        "PT0.999S,     0 s",
        "PT59.999S,    59 s",
        "PT1M,         1 min",
        "PT59M59S,     59 min",
        "PT1H,         1 h",
        "PT3H20M59S,   3 h 20 min",
        "PT23H59M59S,  23 h 59 min",
        "P1D,          1 d",
        "P2DT4H,       2 d 4 h",
        "P365D,        365 d"
    })
    void shouldSayHowLong(Duration duration, String said) {
        assertThat(Elapsed.text(duration)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"PT5S,  AGO, 5 s ago", "-PT5S, AGO, in 5 s", "PT5S,  FOR, 5 s", "-PT5S, FOR, 0 s", "PT0S,  AGO, 0 s ago"
    })
    void shouldSayItInASentence(Duration since, Elapsed.Form form, String said) {
        assertThat(Elapsed.text(since, form)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"PT0.25S, 250 ms", "PT4.28S, 4.2 s", "PT59.99S, 59.9 s", "PT60S, 1 min", "-PT1S, 0 ms"})
    void shouldSayExactly(Duration duration, String said) {
        assertThat(Elapsed.exact(duration)).isEqualTo(said);
    }
}
