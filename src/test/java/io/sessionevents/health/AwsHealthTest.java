package io.sessionevents.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.StatisticsSample;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsHealthTest {
    private static final Lookup ANSWERED = new Lookup.NotFound();

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final AwsHealth health = new AwsHealth(Source.DEFAULT, () -> now);

    @ParameterizedTest
    @CsvSource({
        "CREDENTIALS, true",
        "CLOCK_SKEW, true",
        "FOREIGN, true",
        "THROTTLED, false",
        "TRANSIENT, false",
        "MALFORMED, false"
    })
    void shouldTellWhatConcernsEverySession(Trouble why, boolean told) {
        health.attempted(new Lookup.Unavailable(why, "what is wrong"));

        assertThat(health.trouble()).isEqualTo(told ? "what is wrong" : null);
        assertThat(health.check(StatisticsSample.ofSource(false)).up()).isEqualTo(!told);
    }

    @Test
    void shouldNotChangeWithEveryAnswerWhereOneOfSeveralProxiesIsIll() {
        for (int i = 0; i < 100; i++) {
            health.attempted(i % 10 == 0 ? new Lookup.Unavailable(Trouble.FOREIGN, "a page") : ANSWERED);
            assertThat(health.trouble()).isEqualTo("a page");
            now = now.plusSeconds(1);
        }

        now = now.plusSeconds(60);
        health.attempted(ANSWERED);

        assertThat(health.trouble()).isNull();
    }

    @Test
    void shouldSayWhyNoCallIsMade() {
        health.attempted(new Lookup.Unavailable(Trouble.TRANSIENT, "error without a code (HTTP 502)"));

        assertThat(health.check(StatisticsSample.ofSource(true)).detail()).contains("HTTP 502");
    }
}
