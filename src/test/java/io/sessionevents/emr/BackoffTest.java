package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sessionevents.session.Lookup;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final int DRAWS = 2000;
    private final Backoff backoff =
            new Backoff(new RetrySettings(4, Duration.ofMillis(200), Duration.ofSeconds(10)), new Random(42));

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "6, 6400", "7, 10000", "1000000, 10000"})
    void shouldSpreadPausesFromZeroToADoublingCeiling(int attempts, long ceiling) {
        LongSummaryStatistics pauses = LongStream.range(0, DRAWS)
                .map(_ -> backoff.millis(attempts, failure(null)))
                .summaryStatistics();

        assertThat(pauses.getMin()).isBetween(0L, ceiling / 50);
        assertThat(pauses.getMax()).isBetween(ceiling - ceiling / 50, ceiling);
        assertThat(pauses.getAverage()).isBetween(ceiling * 0.45, ceiling * 0.55);
    }

    @Test
    void shouldWaitAsLongAsAwsAsks() {
        assertThat(backoff.millis(1, failure(Duration.ofSeconds(3)))).isEqualTo(3000);
    }

    @Test
    void shouldNotWaitLongerThanTheCapWhateverAwsAsks() {
        assertThat(backoff.millis(1, failure(Duration.ofHours(3)))).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S, PT1S, maxAttempts", "1, PT-1S, PT1S, backoff", "1, PT2S, PT1S, backoffMax"})
    void shouldRejectSettingsOutOfRange(int attempts, Duration base, Duration max, String offender) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySettings(attempts, base, max))
                .withMessageStartingWith(offender + ":")
                .withMessageContaining("expected");
    }

    private static Attempt<?> failure(@Nullable Duration askedPause) {
        return Attempt.answeredForNow(new Lookup.Unavailable(Lookup.Trouble.THROTTLED, "slow down"), askedPause);
    }
}
