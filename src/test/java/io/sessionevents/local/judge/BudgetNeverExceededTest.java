package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.TwoSessions.KEY;
import static io.sessionevents.local.judge.TwoSessions.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A second may begin anywhere; a machine that stood still is no excuse for more than what came meanwhile. */
class BudgetNeverExceededTest {
    @Test
    void shouldNoticeAnExceededBudgetWhereverTheSecondBegins() {
        assertThat(new BudgetNeverExceeded(9.5).violations(requests(10, 999), List.of()))
                .isEmpty();
        assertThat(new BudgetNeverExceeded(9.5).violations(requests(11, 999), List.of()))
                .hasSize(1);
        assertThat(new BudgetNeverExceeded(9.5).violations(requests(11, 1101), List.of()))
                .isEmpty();
        assertThat(new BudgetNeverExceeded(40).violations(requests(42, 999), List.of()))
                .hasSize(1);
    }

    @Test
    void shouldAllowRequestsThatComeTogetherOnlyWhereTheMachineStoodStill() {
        Truth calm = requests(11, 999);
        Truth stalled = new Truth(
                Map.of(),
                Set.of(),
                calm.requests(),
                List.of(),
                List.of(new Truth.Stall(T0.plusMillis(300), T0.plusMillis(400))));
        Truth earlier = new Truth(
                Map.of(),
                Set.of(),
                calm.requests(),
                List.of(),
                List.of(new Truth.Stall(T0.minusMillis(900), T0.minusMillis(800))));

        assertThat(new BudgetNeverExceeded(9.5).violations(stalled, List.of())).isEmpty();
        assertThat(new BudgetNeverExceeded(9.5).violations(earlier, List.of())).hasSize(1);
        assertThat(new BudgetNeverExceeded(5).violations(stalled, List.of())).hasSize(1);
    }

    /** So many requests, evenly spread over that time. */
    private static Truth requests(int count, int millis) {
        Instant begin = T0.plusMillis(437);
        return new Truth(
                Map.of(),
                Set.of(),
                IntStream.range(0, count)
                        .mapToObj(i -> new Truth.Request(
                                begin.plusMillis((long) millis * i / (count - 1)), KEY, 200, Fault.NONE))
                        .toList());
    }
}
