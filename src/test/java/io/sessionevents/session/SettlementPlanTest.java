package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementPlanTest {
    @ParameterizedTest
    @CsvSource({
        "'', PT1M, looks",
        "PT0S PT1H, PT1M, looks",
        "PT-1S PT1H, PT1M, looks",
        "PT1H PT1H, PT1M, looks",
        "PT2H PT1H, PT1M, looks",
        "PT1H PT721H, PT1M, looks",
        "PT1H, PT0S, settleAfter",
        "PT1H, PT-1S, settleAfter",
        "PT1H, PT61M, settleAfter"
    })
    void shouldRejectTimesOutOfRange(String looks, Duration settleAfter, String offender) {
        List<Duration> times = looks.isEmpty()
                ? List.of()
                : Arrays.stream(looks.split(" ", -1)).map(Duration::parse).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettlementPlan(times, settleAfter))
                .withMessageStartingWith(offender)
                .withMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({"0, PT1M", "1, PT1M", "2, PT2M", "5, PT16M", "6, PT30M", "1000000, PT30M"})
    void shouldPauseLongerEachTimeAndNeverForLong(int silentLooks, Duration pause) {
        assertThat(SettlementPlan.USUAL.pause(silentLooks)).isEqualTo(pause);
    }

    /** Time is compressed in tests; nothing of it may be a minute all the same. */
    @Test
    void shouldFollowTheTimesItIsGiven() {
        var fast = new SettlementPlan(List.of(Duration.ofSeconds(1), Duration.ofSeconds(60)), Duration.ofSeconds(3));

        assertThat(fast.pause(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(fast.pause(100)).isEqualTo(Duration.ofSeconds(3));
        assertThat(fast.patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(SettlementPlan.USUAL.patience()).isEqualTo(TransitionDetector.PATIENCE_WITH_SEEN);
    }
}
