package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-nu-thai-ca-buddhist", "tr-TR", "de-DE", "my-MM"})
    void shouldPrintTheSameInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));

        Main.speakOneLanguage();

        assertThat("%d %.1f %,d".formatted(1234567, 0.5, 1234567)).isEqualTo("1234567 0.5 1,234,567");
        assertThat("%tF".formatted(java.time.LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
        assertThat(String.format("%S", "title")).isEqualTo("TITLE");
    }
}
