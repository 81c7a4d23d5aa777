package io.sessionevents.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.local.simulator.UsageNumbers.Texts;
import io.sessionevents.local.simulator.UsageScript.Step;
import io.sessionevents.local.simulator.UsageScript.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is drawn is what its name says, and the answers tell it, digit by digit. */
class UsageScriptsTest {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration LAST = Duration.ofSeconds(90);
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final int DRAWN = 200;

    private final UsageScripts scripts = new UsageScripts(new Random(42), LAST, SETTLE);

    @ParameterizedTest
    @EnumSource
    void shouldTellTheLastNumbersWellBeforeTheLastLook(UsageShape shape) {
        assertThat(drawn(shape)).allSatisfy(script -> {
            assertThat(script.steps().getLast().after())
                    .isLessThan(LAST.multipliedBy(shape == UsageShape.AWAY_AT_LAST ? 11 : 9)
                            .dividedBy(10));
            assertThat(script.steps().getLast().fault() == Fault.VANISHED).isEqualTo(!shape.remembered());
        });
    }

    @Test
    void shouldTellAsManyNumbersAsTheShapeHas() {
        assertThat(stretches(UsageShape.AT_ONCE)).containsExactly(1);
        assertThat(stretches(UsageShape.NEVER)).containsExactly(1);
        assertThat(stretches(UsageShape.REWRITTEN)).containsExactly(1);
        assertThat(stretches(UsageShape.CORRECTED)).containsExactly(2);
        assertThat(stretches(UsageShape.DOWN)).containsExactly(2);
        assertThat(stretches(UsageShape.CORRECTED_TWICE)).containsExactly(3);
        assertThat(stretches(UsageShape.BACK_AGAIN)).containsExactly(3);
        assertThat(stretches(UsageShape.GROWING)).containsExactly(5);
        assertThat(stretches(UsageShape.STRANGE)).containsExactly(2);
        assertThat(stretches(UsageShape.LACKING)).containsExactly(2);
        assertThat(stretches(UsageShape.AWAY_AT_LAST)).containsExactly(2);
    }

    @Test
    void shouldForgetASessionBeforeItsNumbersHaveStoodOrAfterThat() {
        assertThat(drawn(UsageShape.FORGOTTEN_BEFORE))
                .allMatch(script -> script.steps().getLast().after().compareTo(SETTLE) < 0);
        assertThat(drawn(UsageShape.FORGOTTEN_AFTER))
                .allMatch(script -> script.steps().getLast().after().compareTo(SETTLE.multipliedBy(3)) > 0);
    }

    @Test
    void shouldWriteTheSameNumbersInAnotherWay() {
        assertThat(drawn(UsageShape.REWRITTEN)).allSatisfy(script -> {
            Stretch only = script.stretches().getFirst();
            assertThat(Set.copyOf(only.writings())).hasSize(2);
            assertThat(only.to()).isNull();
        });
    }

    @Test
    void shouldTellOfStretchesWhateverInterruptsThem() {
        UsageNumbers few = new UsageNumbers(new Texts("12.0", null, null), Texts.NONE, 1L);
        UsageNumbers same = new UsageNumbers(new Texts("1.2e1", null, null), Texts.NONE, 1L);
        UsageNumbers more = new UsageNumbers(new Texts("12.01", null, null), Texts.NONE, 1L);
        var script = new UsageScript(
                UsageShape.STRANGE,
                false,
                List.of(
                        Step.of(Duration.ZERO, few),
                        new Step(Duration.ofSeconds(1), more, Fault.STRANGE_USAGE),
                        Step.of(Duration.ofSeconds(2), same),
                        Step.of(Duration.ofSeconds(3), more)));

        assertThat(script.stretches())
                .containsExactly(
                        new Stretch(Duration.ZERO, Duration.ofSeconds(3), List.of(few, same)),
                        new Stretch(Duration.ofSeconds(3), null, List.of(more)));
    }

    @Test
    void shouldRefuseStepsOutOfOrder() {
        Step late = Step.of(Duration.ofSeconds(1), UsageNumbers.NONE);
        assertThatThrownBy(() -> new UsageScript(UsageShape.LATE, true, List.of(late)))
                .hasMessageContaining("the first step");
        assertThatThrownBy(() -> new UsageScript(
                        UsageShape.LATE, true, List.of(Step.of(Duration.ZERO, UsageNumbers.NONE), late, late)))
                .hasMessageContaining("does not come after");
    }

    @Test
    void shouldTellEveryDigitInTheAnswerAndNothingWhileTheSessionLives() {
        Texts billed = new Texts("0.1", "1E-7", "12.000");
        Texts total = new Texts("0", "123456.789012345", "1.5e1");
        var script = new UsageScript(
                UsageShape.LATE,
                true,
                List.of(
                        Step.of(Duration.ZERO, UsageNumbers.NONE),
                        Step.of(Duration.ofSeconds(5), new UsageNumbers(billed, total, 7L))));
        SimulatedSession session = session(script);

        assertThat(text(session, 9)).doesNotContain("Utilization", "Seconds");
        assertThat(text(session, 14)).doesNotContain("Utilization", "Seconds").contains("\"updatedAt\":1795424410.000");
        assertThat(text(session, 15))
                .contains(
                        "\"billedResourceUtilization\":{\"vCPUHour\":0.1,\"memoryGBHour\":1E-7,\"storageGBHour\":12.000}",
                        "\"totalResourceUtilization\":{\"vCPUHour\":0,\"memoryGBHour\":123456.789012345,\"storageGBHour\":1.5e1}",
                        "\"totalExecutionDurationSeconds\":7")
                .contains("\"updatedAt\":1795424415.000");
    }

    /** What it was before the last change: of its numbers where they are told to be older, else of its state. */
    @Test
    void shouldKnowWhatAStaleReadShows() {
        List<Step> steps = List.of(
                Step.of(Duration.ZERO, UsageNumbers.NONE),
                new Step(Duration.ofSeconds(5), UsageNumbers.NONE, Fault.NONE));
        SimulatedSession touched = session(new UsageScript(UsageShape.LATE, true, steps));
        SimulatedSession untouched = session(new UsageScript(UsageShape.LATE, false, steps));

        assertThat(touched.beforeLastChange(T0.plusSeconds(20))).isEqualTo(T0.plusMillis(14_999));
        assertThat(touched.beforeLastChange(T0.plusSeconds(12))).isEqualTo(T0.plusMillis(9_999));
        assertThat(untouched.beforeLastChange(T0.plusSeconds(20))).isEqualTo(T0.plusMillis(9_999));
        assertThat(untouched.beforeLastChange(T0.plusSeconds(1))).isNull();
    }

    @Test
    void shouldLetItsScriptGoWrongAfterTheEndOnly() {
        var script = new UsageScript(
                UsageShape.FORGOTTEN_BEFORE,
                false,
                List.of(
                        Step.of(Duration.ZERO, UsageNumbers.NONE),
                        new Step(Duration.ofSeconds(5), UsageNumbers.NONE, Fault.VANISHED)));

        assertThat(IntStream.of(9, 14, 15).mapToObj(second -> session(script).fault(T0.plusSeconds(second))))
                .containsExactly(Fault.NONE, Fault.NONE, Fault.VANISHED);
    }

    private static SimulatedSession session(UsageScript script) {
        return new SessionFactory(new Random(1), 1)
                .using(script)
                .then("STARTED", T0)
                .then("TERMINATED", T0.plusSeconds(10));
    }

    private static String text(SimulatedSession session, int second) {
        return String.valueOf(session.at(T0.plusSeconds(second)));
    }

    /** With the number that is told no more, and without it for those who never heard of it. */
    @Test
    void shouldKeepANumberThatIsToldNoMore() {
        assertThat(drawn(UsageShape.LACKING)).allSatisfy(script -> {
            UsageNumbers first = script.stretches().getFirst().numbers();
            assertThat(script.stretches().getLast().writings())
                    .extracting(UsageNumbers::seconds)
                    .containsExactly(first.seconds(), null);
        });
    }

    @Test
    void shouldBeAwayWhenTheLastLookIsDue() {
        assertThat(drawn(UsageShape.AWAY_AT_LAST)).allSatisfy(script -> {
            assertThat(script.at(Instant.EPOCH, Instant.EPOCH.plus(LAST)).fault())
                    .isEqualTo(Fault.VANISHED);
            assertThat(script.steps().getLast().after()).isGreaterThan(LAST);
        });
    }

    private List<UsageScript> drawn(UsageShape shape) {
        return IntStream.range(0, DRAWN).mapToObj(i -> scripts.of(shape)).toList();
    }

    private Set<Integer> stretches(UsageShape shape) {
        return drawn(shape).stream().map(script -> script.stretches().size()).collect(Collectors.toSet());
    }
}
