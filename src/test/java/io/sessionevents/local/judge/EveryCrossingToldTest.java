package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.CrossedThresholds.BILLED;
import static io.sessionevents.local.judge.CrossedThresholds.CAP;
import static io.sessionevents.local.judge.CrossedThresholds.IDLE;
import static io.sessionevents.local.judge.CrossedThresholds.PLAN;
import static io.sessionevents.local.judge.CrossedThresholds.SHRUNK;
import static io.sessionevents.local.judge.CrossedThresholds.STARTED;
import static io.sessionevents.local.judge.CrossedThresholds.STARTING;
import static io.sessionevents.local.judge.CrossedThresholds.TRUTH;
import static io.sessionevents.local.judge.CrossedThresholds.WORKING;
import static io.sessionevents.local.judge.CrossedThresholds.at;
import static io.sessionevents.local.judge.CrossedThresholds.billed;
import static io.sessionevents.local.judge.CrossedThresholds.cleared;
import static io.sessionevents.local.judge.CrossedThresholds.raised;
import static io.sessionevents.local.judge.CrossedThresholds.right;
import static io.sessionevents.local.judge.CrossedThresholds.with;
import static io.sessionevents.local.judge.CrossedThresholds.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which alerts can differ from what AWS has shown is found out. */
class EveryCrossingToldTest {
    private static final String INVENTED = "alert that no answer shows: ";
    private static final String UNTOLD = "crossing not told: ";
    private static final String UNCLEARED = "crossing not cleared";

    @Test
    void shouldHoldForWhatIsRight() {
        assertThat(violations(right())).isEmpty();
    }

    @Test
    void shouldKnowWhatHadToBeTold() {
        assertThat(new EveryCrossingTold(List.of(), PLAN, List.of()).due(TRUTH))
                .extracting(crossing -> crossing.kind() + " " + crossing.began())
                .containsExactly(
                        "STARTING " + at(0),
                        "IDLE " + at(40),
                        "BILLED_VCPU_HOURS " + at(0),
                        "IDLE " + at(100),
                        "CAP " + at(0));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(UNTOLD, without(IDLE, WORKING)),
                Arguments.of(UNTOLD, without(STARTING, STARTED)),
                Arguments.of(UNTOLD, without(BILLED, SHRUNK)),
                Arguments.of(UNTOLD, without(CAP, cleared(CAP, 163, "SESSION_ENDED"))),
                Arguments.of(UNTOLD, with(IDLE, raised("IDLE", 1, 78, 40, 38.05))),
                Arguments.of(UNTOLD, with(WORKING, cleared(IDLE, 68, "STATE_LEFT"))),
                Arguments.of(UNCLEARED, without(STARTED)),
                Arguments.of(UNCLEARED, without(SHRUNK)),
                Arguments.of(UNCLEARED, with(STARTED, cleared(STARTING, 48, "STATE_LEFT"))),
                Arguments.of(INVENTED, with(IDLE, raised("IDLE", 1, 53, 40, 13.05))),
                Arguments.of(INVENTED, with(IDLE, raised("IDLE", 1, 63, 41, 22.05))),
                Arguments.of(INVENTED, with(IDLE, raised("IDLE", 1, 63, 40, 24))),
                Arguments.of(INVENTED, with(CAP, raised("CAP", 1, 118, 0, 120))),
                Arguments.of(INVENTED, with(BILLED, raised("BILLED_VCPU_HOURS", 1, 83, null, billed(84)))),
                Arguments.of(INVENTED, with(BILLED, raised("BILLED_VCPU_HOURS", 1, 63, null, 0.07))),
                Arguments.of(INVENTED, with(WORKING, cleared(IDLE, 73, "STATE_LEFT"))),
                Arguments.of(INVENTED, with(WORKING, cleared(IDLE, 83, "SESSION_ENDED"))),
                Arguments.of(INVENTED, with(WORKING, cleared(IDLE, 83, "NOT_TRACKED"))),
                Arguments.of(INVENTED, with(SHRUNK, cleared(BILLED, 93, "BELOW_THRESHOLD"))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNotice(String what, List<ObservedAlert> alerts) {
        assertThat(violations(alerts)).anyMatch(violation -> violation.startsWith(what));
    }

    @Test
    void shouldAskForNothingWhileAnswersCouldBeLost() {
        var disturbed = new EveryCrossingTold(without(IDLE, WORKING), PLAN, List.of(new Interval(at(58), at(84))));

        assertThat(disturbed.violations(TRUTH, List.of())).isEmpty();
    }

    /** It shows the session as it was right before it got idle at 100 s, and nobody can tell. */
    @Test
    void shouldTakeAStaleAnswerForWhatItShows() {
        var stale = new Truth.Request(at(102), TwoSessions.KEY, 200, Fault.STALE, 4, at(102.04));
        var truth = new Truth(TRUTH.sessions(), Set.of(), List.of(stale));

        assertThat(inventedBy(truth, billed(99.999))).isEmpty();
        assertThat(inventedBy(truth, billed(99.9))).hasSize(1);
    }

    private static List<String> inventedBy(Truth truth, double measured) {
        return new EveryCrossingTold(List.of(raised("BILLED_VCPU_HOURS", 1, 102, null, measured)), PLAN, List.of())
                .violations(truth, List.of());
    }

    private static List<String> violations(List<ObservedAlert> alerts) {
        return new EveryCrossingTold(alerts, PLAN, List.of()).violations(TRUTH, CrossedThresholds.EVENTS);
    }
}
