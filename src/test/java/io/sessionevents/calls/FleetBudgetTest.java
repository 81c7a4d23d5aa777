package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.FleetSimulation.Pacing;
import io.sessionevents.calls.FleetSimulation.World;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However many processes there are, together they are never faster than the budget, and nearly as fast. */
class FleetBudgetTest {
    private static final long SECOND = FleetSimulation.SECOND;
    private static final long SEED = 42;
    private static final int[] PROCESSES = {1, 2, 3, 4, 6, 7, 12, 24};
    private static final int[] PARTITIONS = {1, 5, 12, 50};

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.95, 1, 2.5, 9.5, 10, 40, 100, 1000})
    void shouldNeverExceedTheBudgetInAnySecondWhateverMoves(double rate) {
        long time = time(rate, 1000);
        for (int partitions : PARTITIONS) {
            for (int processes : PROCESSES) {
                World world = World.of(rate, partitions, processes, SEED);
                var fleet = new FleetSimulation(world)
                        .moving(time / 30)
                        .freezing(time / 10)
                        .settingClocks(time / 10)
                        .run(time);

                assertThat(fleet.arrivals()).as("calls of %s", world).isPositive();
                assertThat(violations(fleet, rate)).as("%s", world).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.95, 1, 2.5, 9.5, 10, 40, 100, 1000})
    void shouldUse94PercentOfTheBudgetWhenThereIsWorkForAll(double rate) {
        for (int partitions : PARTITIONS) {
            for (int processes : PROCESSES) {
                World world = World.of(rate, partitions, processes, SEED);
                long period = (long) (partitions * Pace.MARGIN * SECOND / rate);
                long time = Math.ceilDiv(time(rate, 1000), period) * period;
                var fleet = new FleetSimulation(world)
                        .run(period + 3 * SECOND)
                        .settled()
                        .run(time);

                assertThat(fleet.arrivals() / (time / 1e9) / rate)
                        .as("used by %s", world)
                        .isGreaterThan(0.94);
                assertThat(violations(fleet, rate)).as("%s", world).isEmpty();
            }
        }
    }

    /** The judge can find it: that is how it was before. */
    @ParameterizedTest
    @CsvSource({"9.5, 3", "9.5, 4", "9.5, 6", "9.5, 12", "40, 12"})
    void shouldFindProcessesGuiltyThatPaceThemselves(double rate, int processes) {
        World world = World.of(rate, 12, processes, SEED);
        long hour = 3600 * SECOND;

        assertThat(violations(new FleetSimulation(world.with(Pacing.EACH_BY_ITSELF)).run(hour), rate))
                .isNotEmpty();
        assertThat(violations(new FleetSimulation(world).run(hour), rate)).isEmpty();
    }

    /** One call per partition and period: 12 at 9.5/s over 12 partitions. */
    @ParameterizedTest
    @ValueSource(longs = {1, 10, 3600})
    void shouldStayWithinOneCallPerPartitionAndPeriodWhenClocksAreApart(long seconds) {
        for (long seed = 1; seed <= 50; seed++) {
            World world = World.of(9.5, 12, 12, seed).withClocks(seconds * SECOND);
            var fleet = new FleetSimulation(world).run(60 * SECOND);

            assertThat(fleet.truth().mostRequestsInAnySecond()).as("%s", world).isLessThanOrEqualTo(12);
            assertThat(fleet.arrivals()).as("%s", world).isLessThanOrEqualTo((int) (9.5 * 61));
        }
    }

    /** Where names are found slowly now and then, it is used whole; behind a proxy that closes each connection more than half of it. */
    @ParameterizedTest
    @CsvSource({
        "9.5, 1, 1, 150, 0.65",
        "9.5, 1, 1, 400, 0.55",
        "9.5, 1, 0.02, 10000, 0.9",
        "9.5, 3, 1, 150, 0.5",
        "9.5, 12, 1, 400, 0.5",
        "100, 1, 1, 400, 0.6",
        "100, 3, 1, 400, 0.6",
        "0.95, 1, 1, 300, 0.5"
    })
    void shouldUseTheBudgetWhereConnectionsTakeLong(
            double rate, int processes, double dialled, long millis, double used) {
        for (long seed = 1; seed <= 3; seed++) {
            var fleet = new FleetSimulation(World.of(rate, 12, processes, seed))
                    .dialling(dialled, millis * SECOND / 1000)
                    .run(400 * SECOND);

            assertThat(violations(fleet, rate)).isEmpty();
            assertThat(fleet.arrivals() / (400 * rate)).as("seed %d", seed).isGreaterThan(used);
        }
    }

    /** Where one call in fifty opens a connection: what waits at the wire does so within a time-out. */
    @ParameterizedTest
    @CsvSource({"9.5, 1", "9.5, 3", "40, 1", "100, 3"})
    void shouldLeaveNoQueueAtTheWireBehindALateCall(double rate, int processes) {
        for (long seed = 1; seed <= 3; seed++) {
            var fleet = new FleetSimulation(World.of(rate, 12, processes, seed))
                    .dialling(0.02, SECOND / 4)
                    .run(400 * SECOND);

            assertThat(fleet.meanWait()).as("seed %d", seed).isLessThan(60 * SECOND / 1000);
            assertThat(fleet.arrivals() / (400 * rate)).as("seed %d", seed).isGreaterThan(0.93);
        }
    }

    @Test
    void shouldNeedClocksThatAgree() {
        List<String> violations =
                violations(new FleetSimulation(World.of(9.5, 12, 12, SEED).withClocks(SECOND)).run(600 * SECOND), 9.5);

        assertThat(violations).isNotEmpty();
    }

    private static List<String> violations(FleetSimulation fleet, double rate) {
        return new BudgetNeverExceeded(rate).violations(fleet.truth(), List.of());
    }

    private static long time(double rate, int calls) {
        return (long) (Math.max(40, calls / rate) * SECOND);
    }
}
