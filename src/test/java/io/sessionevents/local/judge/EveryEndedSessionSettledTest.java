package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.SettledUsage.EARLY;
import static io.sessionevents.local.judge.SettledUsage.END;
import static io.sessionevents.local.judge.SettledUsage.LATE;
import static io.sessionevents.local.judge.SettledUsage.evidence;
import static io.sessionevents.local.judge.SettledUsage.look;
import static io.sessionevents.local.judge.SettledUsage.right;
import static io.sessionevents.local.judge.SettledUsage.script;
import static io.sessionevents.local.judge.SettledUsage.step;
import static io.sessionevents.local.judge.SettledUsage.truth;
import static io.sessionevents.local.judge.SettledUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageNumbers;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import io.sessionevents.local.simulator.UsageScript;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Usage that is not true is found out, and what nobody can say is held against nobody. */
class EveryEndedSessionSettledTest {
    private static final UsageScript CORRECTED = script(step(0, EARLY), step(60, LATE));
    private static final UsageScript AT_ONCE = script(step(0, EARLY));
    private static final List<Truth.Request> LOOKS = List.of(look(3), look(10), look(30), look(50), look(100));

    @Test
    void shouldHoldForWhatIsRight() {
        assertThat(violations(CORRECTED, right())).isEmpty();
        assertThat(violations(AT_ONCE, right().subList(0, 1))).isEmpty();
        assertThat(violations(script(step(0, UsageNumbers.NONE)), List.of(unsettled(UsageNumbers.NONE, 100))))
                .isEmpty();
    }

    @Test
    void shouldNoticeASessionWithoutUsage() {
        assertThat(violations(CORRECTED, List.of())).singleElement().asString().startsWith("no usage");
    }

    @Test
    void shouldAskForNoUsageBeforeItIsDue() {
        var early = new EveryEndedSessionSettled(List.of(), SettledUsage.PLAN, List.of(), END.plusSeconds(124));
        var down = new Interval(END.plusSeconds(50), END.plusSeconds(190));
        Truth truth = truth(CORRECTED, LOOKS);

        assertThat(early.violations(truth, TwoSessions.RIGHT)).isEmpty();
        assertThat(violations(truth, List.of(), List.of(down))).isEmpty();
        assertThat(new EveryEndedSessionSettled(List.of(), SettledUsage.PLAN, List.of(), END.plusSeconds(125))
                        .violations(truth, TwoSessions.RIGHT))
                .hasSize(1);
    }

    @Test
    void shouldNoticeACorrectionThatIsMissing() {
        assertThat(violations(CORRECTED, right().subList(0, 1)))
                .singleElement()
                .asString()
                .startsWith("usage is not the last");
    }

    /** The same number, but not as AWS wrote it. */
    @Test
    void shouldNoticeADigitThatIsMissing() {
        ObservedUsage rounded = usage(1, "SETTLED", 30, 3, SettledUsage.numbers("0.1", "12.0", "1E-7"), EARLY.billed());

        assertThat(violations(AT_ONCE, List.of(rounded)))
                .allMatch(violation ->
                        violation.startsWith("usage is not the last") || violation.startsWith("usage that AWS did not"))
                .hasSize(2);
        assertThat(violations(script(step(0, EARLY), step(20, rounded.numbers())), List.of(rounded)))
                .as("AWS wrote it so")
                .isEmpty();
    }

    @Test
    void shouldNoticeUsageOfASessionThatHasNotEnded() {
        List<ObservedUsage> early = List.of(usage(1, "SETTLED", -1, -30, EARLY, EARLY.billed()));

        assertThat(violations(AT_ONCE, early))
                .singleElement()
                .asString()
                .startsWith("usage of a session that has not ended");
    }

    @Test
    void shouldNoticeNumbersThatAwsToldLaterOnly() {
        List<ObservedUsage> tooEarly =
                List.of(right().getFirst(), usage(2, "CORRECTED", 59, 59, LATE, new Texts("0.2", null, null)));

        assertThat(violations(CORRECTED, tooEarly))
                .singleElement()
                .asString()
                .startsWith("usage that AWS did not tell");
    }

    /** A correction of the correction that AWS never made. */
    @Test
    void shouldNoticeNumbersThatComeBackByThemselves() {
        List<ObservedUsage> again = List.of(
                right().getFirst(),
                right().getLast(),
                usage(3, "CORRECTED", 101, 101, EARLY, new Texts("-0.2", null, null)),
                usage(4, "CORRECTED", 102, 102, LATE, new Texts("0.2", null, null)));

        assertThat(violations(CORRECTED, again)).singleElement().asString().startsWith("usage that AWS did not tell");
        assertThat(violations(script(step(0, EARLY), step(60, LATE), step(61, EARLY), step(62, LATE)), again))
                .isEmpty();
    }

    @Test
    void shouldNoticeNumbersThatSettledTooSoon() {
        ObservedUsage shorter = usage(1, "SETTLED", 22, 3, EARLY, EARLY.billed());
        ObservedUsage sinceBefore = usage(1, "SETTLED", 30, 3, EARLY, EARLY.billed());
        ObservedUsage untilAfter = usage(1, "SETTLED", 30, 3, EARLY, EARLY.billed());

        assertThat(violations(AT_ONCE, List.of(shorter)))
                .singleElement()
                .asString()
                .startsWith("usage settled too soon");
        assertThat(violations(script(step(0, UsageNumbers.NONE), step(5, EARLY)), List.of(sinceBefore)))
                .singleElement()
                .asString()
                .startsWith("usage settled too soon");
        UsageScript shown = script(step(0, EARLY), step(22, LATE));
        List<ObservedUsage> corrected = List.of(untilAfter, right().getLast());
        assertThat(violations(shown, corrected)).singleElement().asString().startsWith("usage settled too soon");
        assertThat(violations(truth(shown, List.of(look(3), look(25, Fault.STALE))), corrected, List.of()))
                .as("a stale read said so")
                .isEmpty();
    }

    /** Nobody can know a correction that was taken back before a look could find it. */
    @Test
    void shouldForgiveACorrectionThatNoLookFound() {
        UsageScript back = script(step(0, EARLY), step(10, LATE), step(20, EARLY));
        List<ObservedUsage> settled = List.of(usage(1, "SETTLED", 30, 3, EARLY, EARLY.billed()));
        List<ObservedUsage> between = List.of(usage(1, "SETTLED", 35, 15, EARLY, EARLY.billed()));

        assertThat(violations(truth(back, List.of(look(3), look(30))), settled, List.of()))
                .isEmpty();
        assertThat(violations(truth(back, List.of(look(3), look(15), look(30))), settled, List.of()))
                .singleElement()
                .asString()
                .startsWith("usage settled too soon");
        assertThat(violations(truth(back, List.of(look(3), look(35))), between, List.of()))
                .as("not since then")
                .singleElement()
                .asString()
                .startsWith("usage settled too soon");
    }

    @Test
    void shouldNoticeNumbersThatStoodAndAreCalledUnsettled() {
        List<ObservedUsage> unsettled = List.of(unsettled(EARLY, 100));
        Truth looked = truth(AT_ONCE, LOOKS);
        Truth neverLooked = truth(AT_ONCE, List.of());
        Truth lookedInVain = truth(AT_ONCE, List.of(look(3), look(50, Fault.SILENCE)));
        var down = new Interval(END.plusSeconds(5), END.plusSeconds(99));

        assertThat(List.of(looked, neverLooked))
                .allSatisfy(truth -> assertThat(violations(truth, unsettled, List.of()))
                        .singleElement()
                        .asString()
                        .startsWith("usage unsettled, though it stood"));
        assertThat(violations(lookedInVain, unsettled, List.of())).isEmpty();
        assertThat(violations(looked, unsettled, List.of(down))).isEmpty();
        assertThat(violations(script(step(0, UsageNumbers.NONE), step(90, EARLY)), unsettled))
                .as("too late for a second look")
                .isEmpty();
    }

    /** An end that is seen late has been updated since. */
    @Test
    void shouldKnowAnEndThatWasUpdatedSince() {
        var late = TwoSessions.event(4, "IDLE", "TERMINATED", END.plusSeconds(60), 260, 118);

        assertThat(new NothingInvented().violations(truth(CORRECTED, List.of()), List.of(late)))
                .isEmpty();
        assertThat(new NothingInvented().violations(truth(AT_ONCE, List.of()), List.of(late)))
                .hasSize(1);
    }

    /** What one guarantee finds wrong is none of the others' business. */
    @Test
    void shouldBreakNoOtherPromise() {
        Evidence lost = evidence(truth(CORRECTED, LOOKS), right().subList(0, 1), List.of());

        assertThat(lost.judge(Set.of(
                                Promise.USAGE_ADDS_UP, Promise.EVERY_ENDED_SESSION_SETTLED, Promise.NOTHING_INVENTED))
                        .broken())
                .containsExactly("usage untrue");
    }

    private static ObservedUsage unsettled(UsageNumbers numbers, int at) {
        return usage(1, "UNSETTLED", at, null, numbers, numbers.billed());
    }

    private static List<String> violations(UsageScript script, List<ObservedUsage> usage) {
        return violations(truth(script, LOOKS), usage, List.of());
    }

    private static List<String> violations(Truth truth, List<ObservedUsage> usage, List<Interval> disturbances) {
        return evidence(truth, usage, disturbances).violations(Promise.EVERY_ENDED_SESSION_SETTLED);
    }
}
