package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.CrossedThresholds.CAP;
import static io.sessionevents.local.judge.CrossedThresholds.IDLE;
import static io.sessionevents.local.judge.CrossedThresholds.IDLE_AGAIN;
import static io.sessionevents.local.judge.CrossedThresholds.STARTED;
import static io.sessionevents.local.judge.CrossedThresholds.STARTING;
import static io.sessionevents.local.judge.CrossedThresholds.WORKING;
import static io.sessionevents.local.judge.CrossedThresholds.cleared;
import static io.sessionevents.local.judge.CrossedThresholds.raised;
import static io.sessionevents.local.judge.CrossedThresholds.right;
import static io.sessionevents.local.judge.CrossedThresholds.with;
import static io.sessionevents.local.judge.CrossedThresholds.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a list of what is raised would go wrong is found out. */
class AlertsAlternateTest {
    @Test
    void shouldHoldForWhatIsRight() {
        assertThat(violations(right())).isEmpty();
    }

    static Stream<Arguments> wrong() {
        List<ObservedAlert> again = new ArrayList<>(right());
        again.add(1, raised("STARTING", 1, 19, 0, 19));
        List<ObservedAlert> twice = new ArrayList<>(right());
        twice.add(STARTED);
        return Stream.of(
                Arguments.of("alert out of turn: expected 1 CLEARED", again),
                Arguments.of("alert id twice", twice),
                Arguments.of("alert out of turn: expected 1 RAISED", without(STARTING)),
                Arguments.of("alert out of turn: expected 1 CLEARED", without(WORKING)),
                Arguments.of(
                        "alert out of turn: expected 2 RAISED", with(IDLE_AGAIN, raised("IDLE", 3, 123, 100, 23.05))),
                Arguments.of(
                        "alert tells two things",
                        with(WORKING, cleared(raised("IDLE", 1, 64, 40, 24), 83, "STATE_LEFT"))),
                Arguments.of(
                        "alert tells two things",
                        with(WORKING, cleared(raised("IDLE", 1, 63, 41, 24), 83, "STATE_LEFT"))),
                Arguments.of("alert is raised after the end: ", without(cleared(CAP, 163, "SESSION_ENDED"))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNotice(String what, List<ObservedAlert> alerts) {
        assertThat(violations(alerts)).anyMatch(violation -> violation.startsWith(what));
    }

    @Test
    void shouldLeaveRaisedWhatHasNotEnded() {
        assertThat(new AlertsAlternate(List.of(IDLE)).violations(CrossedThresholds.TRUTH, List.of()))
                .isEmpty();
    }

    private static List<String> violations(List<ObservedAlert> alerts) {
        return new AlertsAlternate(alerts).violations(CrossedThresholds.TRUTH, CrossedThresholds.EVENTS);
    }
}
