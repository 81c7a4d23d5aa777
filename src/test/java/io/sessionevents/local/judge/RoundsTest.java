package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.TwoSessions.KEY;
import static io.sessionevents.local.judge.TwoSessions.LIVES;
import static io.sessionevents.local.judge.TwoSessions.OTHER;
import static io.sessionevents.local.judge.TwoSessions.PUBLISHED;
import static io.sessionevents.local.judge.TwoSessions.RIGHT;
import static io.sessionevents.local.judge.TwoSessions.T0;
import static io.sessionevents.local.judge.TwoSessions.TRUTH;
import static io.sessionevents.local.judge.TwoSessions.arrivals;
import static io.sessionevents.local.judge.TwoSessions.looks;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who waits, waits for rounds of looks at others, not for seconds. */
class RoundsTest {
    @Test
    void shouldNoticeASessionThatIsNotLookedAtWhileOthersAre() {
        var starves = new NobodyStarves(3, 3, PUBLISHED, T0.plusSeconds(300), List.of());
        Truth forgotten = new Truth(
                LIVES,
                Set.of(),
                TRUTH.requests().stream()
                        .filter(look -> look.key().equals(KEY) || look.at().isBefore(T0.plusSeconds(50)))
                        .toList());
        Truth never = new Truth(
                LIVES,
                Set.of(),
                TRUTH.requests().stream().filter(look -> look.key().equals(KEY)).toList());
        Truth nobody = new Truth(LIVES, Set.of(), looks(IntStream.of(3, 290)));

        assertThat(starves.violations(forgotten, List.of()))
                .singleElement()
                .asString()
                .contains(OTHER.toString());
        assertThat(starves.violations(never, List.of()))
                .singleElement()
                .asString()
                .contains("for its first one");
        assertThat(starves.violations(nobody, List.of())).as("a slow machine").isEmpty();
    }

    @Test
    void shouldNotCallASessionStarvedWhoseLastAnswerMayHaveComeTooLate() {
        List<Truth.Request> looks = TRUTH.requests().stream()
                .filter(look -> look.key().equals(KEY) || look.at().isBefore(T0.plusSeconds(50)))
                .map(look -> look.key().equals(KEY)
                        ? look
                        : new Truth.Request(look.at(), look.key(), 200, Fault.NONE, look.phase(), null))
                .toList();

        assertThat(new NobodyStarves(3, 3, PUBLISHED, T0.plusSeconds(300), List.of())
                        .violations(new Truth(LIVES, Set.of(), looks), List.of()))
                .isEmpty();
    }

    @Test
    void shouldNoticeAnEventThatComesRoundsLater() {
        Map<String, Instant> late = new HashMap<>(arrivals(RIGHT));
        late.put(RIGHT.get(1).eventId(), T0.plusSeconds(103));

        assertThat(new ToldInTime(2, PUBLISHED, late, List.of()).violations(TRUTH, RIGHT))
                .hasSize(1);
        assertThat(new ToldInTime(10, PUBLISHED, late, List.of()).violations(TRUTH, RIGHT))
                .isEmpty();
        assertThat(new ToldInTime(2, PUBLISHED, late, List.of(new Interval(T0.plusSeconds(60), T0.plusSeconds(100))))
                        .violations(TRUTH, RIGHT))
                .isEmpty();
    }

    @Test
    void shouldNoticeAWishThatWasNotHeard() {
        Map<SessionKey, Instant> wish = Map.of(KEY, T0.plusSeconds(5));

        assertThat(new WishesHeard(wish, T0.plusSeconds(7)).violations(TRUTH, RIGHT))
                .hasSize(1);
        assertThat(new WishesHeard(wish, T0.plusSeconds(8)).violations(TRUTH, RIGHT))
                .isEmpty();
    }

    @Test
    void shouldMeasureTheLagFromTheTrueChange() {
        DetectionLag lag = DetectionLag.of(TRUTH, RIGHT);

        assertThat(lag.sorted()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(lag.percentile(0.5)).isEqualTo(Duration.ofSeconds(3));
    }
}
