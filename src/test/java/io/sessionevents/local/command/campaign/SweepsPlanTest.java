package io.sessionevents.local.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is promised of sweeps, by fleet. */
class SweepsPlanTest {
    private static final Duration MEASURED = Duration.ofMinutes(20);

    @Test
    void shouldPromiseLessLagToLargeFleetsAndNotMoreToAny() {
        assertThat(SweepsCampaign.Plan.parse("40x25", MEASURED))
                .isEqualTo(new SweepsCampaign.Plan(40, 25, MEASURED, 0.45, 0.55));
        assertThat(SweepsCampaign.Plan.parse("8x25", MEASURED))
                .isEqualTo(new SweepsCampaign.Plan(8, 25, MEASURED, 0.40, 1));
        assertThat(SweepsCampaign.Plan.parse("1x25", MEASURED))
                .isEqualTo(new SweepsCampaign.Plan(1, 25, MEASURED, 1, 1));
        assertThatThrownBy(() -> SweepsCampaign.Plan.parse("40", MEASURED)).hasMessageContaining("such as 40x25");
    }

    @Test
    void shouldWarmUpUntilEverySessionWasLookedAtAFewTimes() {
        assertThat(SweepsCampaign.Plan.parse("40x25", MEASURED).warmUp()).isGreaterThan(Duration.ofSeconds(370));
        assertThat(SweepsCampaign.Plan.parse("4x3", MEASURED).warmUp()).isEqualTo(Duration.ofMinutes(3));
    }
}
