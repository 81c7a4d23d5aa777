package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.SettledUsage.EARLY;
import static io.sessionevents.local.judge.SettledUsage.LATE;
import static io.sessionevents.local.judge.SettledUsage.right;
import static io.sessionevents.local.judge.SettledUsage.script;
import static io.sessionevents.local.judge.SettledUsage.step;
import static io.sessionevents.local.judge.SettledUsage.truth;
import static io.sessionevents.local.judge.SettledUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which usage can be booked wrongly is found out, and by what is wrong with it alone. */
class UsageAddsUpTest {
    private static final ObservedUsage FIRST = right().getFirst();
    private static final ObservedUsage SECOND = right().getLast();

    @Test
    void shouldHoldForWhatIsRight() {
        assertThat(violations(right())).isEmpty();
    }

    static Stream<Arguments> wrong() {
        Texts difference = new Texts("0.2", null, null);
        return Stream.of(
                Arguments.of("usage id twice", List.of(FIRST, with(SECOND, FIRST.usageId(), true, FIRST))),
                Arguments.of("usage revision", List.of(FIRST, revised(SECOND, 3))),
                Arguments.of("usage status", List.of(usage(1, "CORRECTED", 30, 3, EARLY, EARLY.billed()), SECOND)),
                Arguments.of("usage status", List.of(FIRST, usage(2, "SETTLED", 100, 100, LATE, difference))),
                Arguments.of(
                        "usage corrects nothing",
                        List.of(FIRST, usage(2, "CORRECTED", 100, 100, EARLY, new Texts("0.0", null, null)))),
                Arguments.of(
                        "usage does not add up",
                        List.of(
                                FIRST,
                                usage(2, "CORRECTED", 100, 100, LATE, new Texts("0.20000000000000001", null, null)))),
                Arguments.of("usage of two values", List.of(with(FIRST, FIRST.usageId(), false, FIRST), SECOND)),
                Arguments.of("usage names another end", List.of(ended(FIRST, "another"), SECOND)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNotice(String what, List<ObservedUsage> records) {
        assertThat(violations(records)).singleElement().asString().startsWith(what);
    }

    /** Whoever adds up would book it twice. */
    @Test
    void shouldNoticeARevisionThatIsToldTwice() {
        assertThat(violations(List.of(FIRST, FIRST, SECOND)))
                .anyMatch(violation -> violation.startsWith("usage id twice"))
                .anyMatch(violation -> violation.startsWith("usage does not add up"));
    }

    @Test
    void shouldNoticeARevisionThatIsMissing() {
        assertThat(violations(List.of(SECOND)))
                .anyMatch(violation -> violation.startsWith("usage revision"))
                .anyMatch(violation -> violation.startsWith("usage does not add up"));
    }

    /** Of a session that nobody was told the end of. */
    @Test
    void shouldNoticeUsageOfASessionWithoutAnEnd() {
        ObservedUsage of = right().getFirst();
        var other = new ObservedUsage(
                "usage-other",
                new SessionKey("app", "s2"),
                of.revision(),
                of.status(),
                of.settledAt(),
                of.unchangedSince(),
                of.numbers(),
                of.billedDelta(),
                true,
                of.terminalEventId());

        assertThat(violations(List.of(FIRST, SECOND, other)))
                .singleElement()
                .asString()
                .startsWith("usage names another end than null");
    }

    @Test
    void shouldAddUpWhatManyRecordsBill() {
        Truth truth = truth(script(step(0, EARLY), step(60, LATE)), List.of());
        UsageTotals billed = UsageTotals.of(truth, Set.of(TwoSessions.KEY));

        assertThat(billed).hasToString("0.3, 12.000, 1E-7");
        assertThat(UsageTotals.of(right()).same(billed)).isTrue();
        assertThat(UsageTotals.of(right().subList(0, 1)).same(billed)).isFalse();
    }

    private static List<String> violations(List<ObservedUsage> records) {
        return new UsageAddsUp(records).violations(TwoSessions.TRUTH, TwoSessions.RIGHT);
    }

    private static ObservedUsage revised(ObservedUsage record, int revision) {
        return copy(record, record.usageId(), revision, record.doubled(), record.terminalEventId());
    }

    private static ObservedUsage ended(ObservedUsage record, String end) {
        return copy(record, record.usageId(), record.revision(), record.doubled(), end);
    }

    private static ObservedUsage with(ObservedUsage record, String id, boolean doubled, ObservedUsage ending) {
        return copy(record, id, record.revision(), doubled, ending.terminalEventId());
    }

    private static ObservedUsage copy(ObservedUsage record, String id, int revision, boolean doubled, String end) {
        return new ObservedUsage(
                id,
                record.key(),
                revision,
                record.status(),
                record.settledAt(),
                record.unchangedSince(),
                record.numbers(),
                record.billedDelta(),
                doubled,
                end);
    }
}
