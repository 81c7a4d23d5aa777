package io.sessionevents.session;

import static io.sessionevents.session.AlertScript.at;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sessionevents.session.Session.ResourceUtilization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertDetectorTest {
    private static final AlertThresholds ALL = new AlertThresholds(minutes(30), minutes(10), minutes(120), 100.0);
    private static final AlertThresholds IDLE = idle(30);

    static Stream<Arguments> courses() {
        return Stream.of(
                Arguments.of(
                        "an idle session is told once, however often it is looked at, and once when it works again",
                        new AlertScript(IDLE)
                                .look(1, idleSince(0))
                                .look(29.9, idleSince(0))
                                .look(30, idleSince(0))
                                .look(31, idleSince(0))
                                .look(90, idleSince(0))
                                .look(91, in("BUSY").updatedAt(at(91)))
                                .look(92, in("BUSY").updatedAt(at(91))),
                        "IDLE 1 RAISED@30, IDLE 1 STATE_LEFT@91"),
                Arguments.of(
                        "one that is never idle for so long is not told",
                        new AlertScript(IDLE)
                                .look(1, idleSince(0))
                                .look(20, in("BUSY").updatedAt(at(20)))
                                .look(31, idleSince(31))
                                .look(60, idleSince(31)),
                        ""),
                Arguments.of(
                        "each crossing has the next number",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .look(40, in("BUSY").updatedAt(at(40)))
                                .look(80, idleSince(45))
                                .look(81, in("BUSY").updatedAt(at(81))),
                        "IDLE 1 RAISED@30, IDLE 1 STATE_LEFT@40, IDLE 2 RAISED@80, IDLE 2 STATE_LEFT@81"),
                Arguments.of(
                        "an activity that no look found ends a crossing",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .look(40, idleSince(39))
                                .look(69, idleSince(39)),
                        "IDLE 1 RAISED@30, IDLE 1 STATE_LEFT@40, IDLE 2 RAISED@69"),
                Arguments.of(
                        "and begins another at once if it was long ago",
                        new AlertScript(IDLE).look(30, idleSince(0)).look(100, idleSince(39)),
                        "IDLE 1 RAISED@30, IDLE 1 STATE_LEFT@100, IDLE 2 RAISED@100"),
                Arguments.of(
                        "the end of the session ends everything",
                        new AlertScript(ALL)
                                .look(1, idleSince(0).billed(billed("7")))
                                .look(1400, idleSince(0).billed(billed("120")))
                                .look(
                                        1440,
                                        in("TERMINATED")
                                                .updatedAt(at(1440))
                                                .endedAt(at(1440))
                                                .billed(billed("130"))),
                        "IDLE 1 RAISED@1400, CAP 1 RAISED@1400, BILLED_VCPU_HOURS 1 RAISED@1400, IDLE 1 SESSION_ENDED@1440, "
                                + "CAP 1 SESSION_ENDED@1440, BILLED_VCPU_HOURS 1 SESSION_ENDED@1440"),
                Arguments.of(
                        "a session that is first seen at its end is not told, whatever it was billed",
                        new AlertScript(ALL)
                                .look(1440, in("FAILED").updatedAt(at(1440)).billed(billed("1000"))),
                        ""),
                Arguments.of(
                        "starting is measured from the creation through both states before it runs",
                        new AlertScript(ALL)
                                .look(1, in("SUBMITTED"))
                                .look(9, in("STARTING").updatedAt(at(8)))
                                .look(10, in("STARTING").updatedAt(at(8)))
                                .look(11, in("STARTED").updatedAt(at(11)).startedAt(at(11))),
                        "STARTING 1 RAISED@10, STARTING 1 STATE_LEFT@11"),
                Arguments.of(
                        "two hours before the age of 24 hours",
                        new AlertScript(ALL)
                                .look(1, in("BUSY"))
                                .look(1319.9, in("BUSY"))
                                .look(1320, in("BUSY")),
                        "CAP 1 RAISED@1320"),
                Arguments.of(
                        "billed hours that shrink and grow again",
                        new AlertScript(ALL)
                                .look(1, in("BUSY").billed(billed("99.999")))
                                .look(2, in("BUSY").billed(billed("100")))
                                .look(3, in("BUSY").billed(billed("1E+300")))
                                .look(4, in("BUSY").billed(billed("-3")))
                                .look(5, in("BUSY").billed(billed("100.0"))),
                        "BILLED_VCPU_HOURS 1 RAISED@2, BILLED_VCPU_HOURS 1 BELOW_THRESHOLD@4, BILLED_VCPU_HOURS 2 RAISED@5"),
                Arguments.of(
                        "what AWS leaves out moves nothing",
                        new AlertScript(ALL)
                                .look(1, in("BUSY"))
                                .look(2, in("BUSY").billed(billed("100")))
                                .look(3, in("BUSY"))
                                .look(4, in("BUSY").billed(new ResourceUtilization(null, Amount.of(1), null))),
                        "BILLED_VCPU_HOURS 1 RAISED@2"),
                Arguments.of(
                        "a look that fails, and one that is older than the one before it, move nothing",
                        new AlertScript(ALL)
                                .look(1, idleSince(0))
                                .look(2, in("BUSY").updatedAt(at(2)))
                                .look(31, idleSince(0))
                                .look(32, idleSince(0).billed(billed("1000")))
                                .look(33, new Lookup.NotFound())
                                .look(34, new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "reset")),
                        ""),
                Arguments.of(
                        "nor do they clear anything",
                        new AlertScript(IDLE)
                                .look(1, in("BUSY"))
                                .look(40, idleSince(10))
                                .look(41, in("BUSY"))
                                .look(42, new Lookup.NotFound()),
                        "IDLE 1 RAISED@40"),
                Arguments.of(
                        "a clock that is behind clears nothing",
                        new AlertScript(ALL)
                                .look(30, idleSince(0))
                                .look(29, idleSince(0))
                                .look(30, idleSince(0)),
                        "IDLE 1 RAISED@30"),
                Arguments.of(
                        "a time of AWS's in the future is not reached",
                        new AlertScript(ALL).look(1, idleSince(100_000)).look(60, idleSince(100_000)),
                        ""),
                Arguments.of(
                        "without idleSince it is idle since it was found so",
                        new AlertScript(IDLE)
                                .look(60, in("IDLE"))
                                .look(89, in("IDLE").updatedAt(at(88)))
                                .look(90, in("IDLE").updatedAt(at(88))),
                        "IDLE 1 RAISED@90"),
                Arguments.of(
                        "a state that this version does not know is another state",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .look(31, in("HIBERNATING").updatedAt(at(31)).idleSince(START)),
                        "IDLE 1 RAISED@30, IDLE 1 STATE_LEFT@31"),
                Arguments.of(
                        "a tombstone ends everything; published again, what is still crossed is another crossing",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .stop(31)
                                .track()
                                .look(32, idleSince(0)),
                        "IDLE 1 RAISED@30, IDLE 1 NOT_TRACKED@31, IDLE 2 RAISED@32"),
                Arguments.of(
                        "so does giving up a session that AWS does not find any more",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .look(31, new Lookup.NotFound())
                                .look(32, new Lookup.NotFound())
                                .look(33, new Lookup.NotFound())
                                .look(34, new Lookup.NotFound())
                                .look(35, new Lookup.NotFound())
                                .look(36, new Lookup.NotFound()),
                        "IDLE 1 RAISED@30, IDLE 1 NOT_TRACKED@36"),
                Arguments.of(
                        "a lower threshold counts from the next look on",
                        new AlertScript(IDLE)
                                .look(20, idleSince(0))
                                .restart(idle(10))
                                .look(21, idleSince(0)),
                        "IDLE 1 RAISED@21"),
                Arguments.of(
                        "a higher one clears what is below it now",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .restart(idle(60))
                                .look(31, idleSince(0))
                                .look(60, idleSince(0)),
                        "IDLE 1 RAISED@30, IDLE 1 BELOW_THRESHOLD@31, IDLE 2 RAISED@60"),
                Arguments.of(
                        "and leaves raised what is above it",
                        new AlertScript(IDLE)
                                .look(90, idleSince(0))
                                .restart(idle(60))
                                .look(91, idleSince(0)),
                        "IDLE 1 RAISED@90"),
                Arguments.of(
                        "a kind that is switched off while another is on is over",
                        new AlertScript(ALL)
                                .look(30, idleSince(0))
                                .restart(new AlertThresholds(null, minutes(10), null, null))
                                .look(31, idleSince(0))
                                .restart(ALL)
                                .look(32, idleSince(0)),
                        "IDLE 1 RAISED@30, IDLE 1 SWITCHED_OFF@31, IDLE 2 RAISED@32"),
                Arguments.of(
                        "where all are off nothing is told, and what is raised stays so",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .restart(AlertThresholds.NONE)
                                .look(31, idleSince(0))
                                .stop(32)
                                .track()
                                .restart(IDLE)
                                .look(33, idleSince(0)),
                        "IDLE 1 RAISED@30"),
                Arguments.of(
                        "what ended while all were off is told as soon as one is on again",
                        new AlertScript(ALL)
                                .look(1, idleSince(0))
                                .look(30, idleSince(0))
                                .restart(AlertThresholds.NONE)
                                .takeUp(31, true)
                                .look(32, in("TERMINATED").updatedAt(at(32)).endedAt(at(32)))
                                .restart(ALL)
                                .takeUp(40, true)
                                .takeUp(41, true),
                        "IDLE 1 RAISED@30, IDLE 1 SESSION_ENDED@40"),
                Arguments.of(
                        "and what was stopped",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .restart(AlertThresholds.NONE)
                                .stop(32)
                                .restart(IDLE)
                                .takeUp(40, true),
                        "IDLE 1 RAISED@30, IDLE 1 NOT_TRACKED@40"),
                Arguments.of(
                        "a source that is taken away ends everything; back again, what is still crossed is another crossing",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .takeUp(31, false)
                                .takeUp(32, true)
                                .look(33, idleSince(0)),
                        "IDLE 1 RAISED@30, IDLE 1 NOT_TRACKED@31, IDLE 2 RAISED@33"),
                Arguments.of(
                        "a restart alone ends nothing",
                        new AlertScript(IDLE)
                                .look(30, idleSince(0))
                                .takeUp(31, true)
                                .look(32, idleSince(0)),
                        "IDLE 1 RAISED@30"),
                Arguments.of(
                        "idleSince that AWS sends later counts if the session was at work meanwhile",
                        new AlertScript(IDLE)
                                .look(1, in("IDLE"))
                                .look(31, in("IDLE").idleSince(at(28)))
                                .look(57, in("IDLE").idleSince(at(28)))
                                .look(58, in("IDLE").idleSince(at(28))),
                        "IDLE 1 RAISED@58"),
                Arguments.of(
                        "it ends a crossing then",
                        new AlertScript(IDLE)
                                .look(1, in("IDLE"))
                                .look(31, in("IDLE"))
                                .look(32, in("IDLE").idleSince(at(31.5)))
                                .look(33, in("IDLE").idleSince(at(31.5))),
                        "IDLE 1 RAISED@31, IDLE 1 STATE_LEFT@32"),
                Arguments.of(
                        "and changes nothing if it is no later than the look that found the session idle",
                        new AlertScript(IDLE)
                                .look(1, in("IDLE"))
                                .look(31, in("IDLE"))
                                .look(32, in("IDLE").idleSince(at(0.5)))
                                .look(33, in("IDLE")),
                        "IDLE 1 RAISED@31"),
                Arguments.of(
                        "left out once more, it clears nothing",
                        new AlertScript(IDLE)
                                .look(1, in("IDLE"))
                                .look(40, in("IDLE").idleSince(at(5)))
                                .look(41, in("IDLE"))
                                .look(42, in("IDLE").idleSince(at(5))),
                        "IDLE 1 RAISED@40"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("courses")
    void shouldRaiseAndClear(String course, AlertScript script, String expected) {
        assertThat(script.shown()).as(course).isEqualTo(expected);
    }

    @Test
    void shouldSayWhatWasMeasuredAndBetweenWhichLooks() {
        var script = new AlertScript(IDLE)
                .look(1, idleSince(0))
                .look(20, idleSince(0))
                .look(31, idleSince(0).tags(null))
                .look(40, in("BUSY").updatedAt(at(40)));

        SessionAlert raised = script.alerts().getFirst();
        SessionAlert cleared = script.alerts().getLast();
        assertThat(raised.measured()).isEqualTo(31 * 60);
        assertThat(raised.threshold()).isEqualTo(30 * 60);
        assertThat(raised.beganAt()).isEqualTo(START);
        assertThat(raised.previousLookAt()).isEqualTo(at(20).minusSeconds(1));
        assertThat(raised.raisedAt()).isEqualTo(at(31));
        assertThat(raised.rawState()).isEqualTo("IDLE");
        assertThat(raised.sequence()).isEqualTo(1);
        assertThat(cleared.raisedAt()).isEqualTo(at(31));
        assertThat(cleared.decidedAt()).isEqualTo(at(40));
        assertThat(cleared.previousLookAt()).isEqualTo(at(31).minusSeconds(1));
        assertThat(cleared.measured()).isNull();
        assertThat(cleared.rawState()).isEqualTo("BUSY");
        assertThat(cleared.sequence()).isEqualTo(2);
        assertThat(cleared.labels()).containsEntry("team", "blue");
    }

    @Test
    void shouldTellOfTheNumbersThatDecided() {
        var script = new AlertScript(ALL)
                .look(1, in("BUSY").billed(billed("120.5")))
                .restart(new AlertThresholds(null, null, null, 500.0))
                .look(2, in("BUSY").billed(billed("130")));

        assertThat(script.alerts().getFirst().measured()).isEqualTo(120.5);
        assertThat(script.alerts().getLast().measured()).isEqualTo(130.0);
        assertThat(script.alerts().getLast().threshold()).isEqualTo(500.0);
    }

    @Test
    void shouldDecideTheSameAgainAfterACrashBeforeTheCommit() {
        Set<Object> ids = new HashSet<>();
        for (double second : new double[] {31, 31.1}) {
            new AlertScript(IDLE)
                    .look(1, idleSince(0))
                    .look(second, idleSince(0))
                    .look(40 + second, in("BUSY").updatedAt(at(60)))
                    .alerts()
                    .forEach(alert -> ids.add(alert.alertId()));
        }

        assertThat(ids).hasSize(2);
    }

    /** Crossings are counted anew where what was kept is lost, and consumers leave out an id that they know. */
    @Test
    void shouldNotCallAnotherIdleSpellByTheSameId() {
        Stream<Object> ids = Stream.of(0, 90)
                .map(minute -> new AlertScript(IDLE)
                        .look(minute + 31, idleSince(minute))
                        .alerts()
                        .getFirst()
                        .alertId());

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepNothingOfASessionThatCrossesNothing() {
        var script = new AlertScript(ALL).look(1, in("BUSY")).look(2, in("BUSY").billed(billed("99")));

        assertThat(script.kept().alerts()).isEqualTo(AlertState.NONE);
    }

    @Test
    void shouldForgetWhoTheSessionIsWhenNothingIsRaised() {
        var script = new AlertScript(IDLE).look(30, idleSince(0));
        assertThat(script.kept().alerts().identity()).isNotNull();
        assertThat(script.kept().alerts().raised()).containsExactly(AlertKind.IDLE);

        script.look(31, in("BUSY").updatedAt(at(31)));

        assertThat(script.kept().alerts().identity()).isNull();
        assertThat(script.kept().alerts().raised()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {24 * 60, 25 * 60, 60 * 24 * 365})
    void shouldRefuseATimeBeforeTheCapThatIsNoTime(long minutes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertThresholds(null, null, minutes(minutes), null))
                .withMessageContaining("24 h");
    }

    private static AlertThresholds idle(long minutes) {
        return new AlertThresholds(minutes(minutes), null, null, null);
    }

    private static SessionSample idleSince(double minute) {
        Instant since = at(minute);
        return in("IDLE").updatedAt(since).idleSince(since);
    }

    private static @Nullable ResourceUtilization billed(String vCPUHours) {
        return new ResourceUtilization(Amount.parse(vCPUHours), null, null);
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}
