package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SettlementScript.found;
import static io.sessionevents.session.SettlementScript.terminated;
import static io.sessionevents.session.SettlementScript.vCPU;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sessionevents.session.SettlementDecision.Close.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks that come late, too soon, in vain, or to what has changed behind the service's back. */
class LateSettlementTest {
    private static final SettlementDetector DETECTOR = new SettlementDetector(SettlementPlan.USUAL);
    private static final Instant FOUND_AT = START.plusSeconds(6);
    private static final Lookup GONE = new Lookup.NotFound();
    private static final Lookup REJECTED = new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such session");
    private static final Lookup MALFORMED = new Lookup.Unavailable(Lookup.Trouble.MALFORMED, "odd");

    /** Numbers that never stand are looked at as often as they could be booked, and no longer than others. */
    @Test
    void shouldGiveUpNumbersThatGrowForEver() {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("0")), FOUND_AT)
                .run(at -> found(terminated(vCPU(Long.toString(at.getEpochSecond()))), at));

        String last = Long.toString(START.plus(Duration.ofHours(24)).getEpochSecond());
        assertThat(script.shown()).startsWith("UNSETTLED:" + last + ":" + last + "@1440/");
        assertThat(script.looks()).hasSizeLessThan(60);
    }

    @ParameterizedTest
    @CsvSource({
        "PT20H,    SETTLED:1:1@1230/2,  UNSETTLED:-:-@1440/2",
        "PT23H50M, SETTLED:1:1@1460/3,  UNSETTLED:-:-@1460/3",
        "PT24H,    SETTLED:1:1@1470/2,  UNSETTLED:-:-@1470/2",
        "P20D,     SETTLED:1:1@28830/2, UNSETTLED:-:-@28830/2"
    })
    void shouldSettleASessionThatWasHeardOfLongAfterItsEnd(Duration later, String withNumbers, String without) {
        Instant foundAt = START.plus(later);

        SettlementScript numbers = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), foundAt)
                .run(at -> found(terminated(vCPU("1")), at));
        SettlementScript none =
                SettlementScript.ended(DETECTOR, terminated(null), foundAt).run(at -> found(terminated(null), at));

        assertThat(numbers.shown()).isEqualTo(withNumbers);
        assertThat(none.shown()).isEqualTo(without);
    }

    @Test
    void shouldLookOnceMoreIfTheServiceWasDownWhenTheLastLooksWereDue() {
        Instant back = START.plus(Duration.ofHours(30));
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT)
                .look(back, at -> found(terminated(vCPU("2")), at));
        assertThat(script.records()).isEmpty();

        script.run(at -> found(terminated(vCPU("2")), at));

        assertThat(script.shown()).isEqualTo("SETTLED:2:2@1830/3");
    }

    /** Numbers that stood behind a look which nobody could make are settled by one look more, and no second one. */
    @ParameterizedTest
    @CsvSource({
        "PT23H50M, SETTLED:1:1@1460/10, UNSETTLED:2:2@1460/10",
        "PT24H40M, SETTLED:1:1@1510/10, UNSETTLED:2:2@1510/10",
        "PT24H20M, UNSETTLED:1:1@1460/9, UNSETTLED:1:1@1460/9"
    })
    void shouldSettleNumbersThatAnOutageHid(Duration back, String stood, String moved) {
        assertThat(hidden(back, at -> "1").shown()).isEqualTo(stood);
        assertThat(hidden(back, at -> at.isAfter(START.plus(back)) ? "2" : "1").shown())
                .isEqualTo(moved);
    }

    /** There are no numbers for six hours; then nobody looks until that time, and they are there. */
    private static SettlementScript hidden(Duration back, Function<Instant, String> vCPU) {
        return SettlementScript.ended(DETECTOR, terminated(null), FOUND_AT)
                .runUntil(START.plus(Duration.ofHours(back.toHours() < 24 ? 2 : 6)), at -> found(terminated(null), at))
                .look(START.plus(back), at -> found(terminated(vCPU(vCPU.apply(at))), at))
                .run(at -> found(terminated(vCPU(vCPU.apply(at))), at));
    }

    /** The looks count from the end, which the first answers may lack. */
    @Test
    void shouldSettleNumbersThatAnOutageHidAlsoWhereTheEndIsToldLate() {
        Instant back = START.plus(Duration.ofMinutes(24 * 60 + 40));
        Function<Instant, Lookup> answers = at -> found(endedBefore(2, at.isBefore(back) ? null : "1"), at);

        SettlementScript script = SettlementScript.ended(
                        DETECTOR, SessionSample.in("TERMINATED").session(), FOUND_AT)
                .runUntil(START.plus(Duration.ofHours(6)), answers)
                .look(back, answers)
                .run(answers);

        assertThat(script.shown()).isEqualTo("SETTLED:1:1@1510/10");
    }

    @Test
    void shouldWaitForNumbersAlsoWhereTheEndThatIsToldLateWasLongAgo() {
        SettlementScript script = SettlementScript.ended(
                        DETECTOR, SessionSample.in("TERMINATED").session(), FOUND_AT)
                .run(at -> found(endedBefore(90_000, null), at));

        assertThat(script.shown()).isEqualTo("UNSETTLED:-:-@1440/3");
    }

    private static Session endedBefore(long seconds, @Nullable String vCPU) {
        return SessionSample.in("TERMINATED")
                .endedAt(START.minusSeconds(seconds))
                .billed(vCPU(vCPU))
                .session();
    }

    @ParameterizedTest
    @CsvSource({"0, SETTLED:1:1@45/3", "6000, SETTLED:1:1@6030/2"})
    void shouldSettleWhatEndedUnderAVersionThatDidNot(long minutesDown, String records) {
        Instant now = START.plus(Duration.ofMinutes(minutesDown));
        SettlementScript script = SettlementScript.before(DETECTOR, terminated(null), FOUND_AT, now)
                .look(now.plusSeconds(minutesDown == 0 ? 900 : 0), at -> found(terminated(vCPU("1")), at))
                .runUntil(now.plus(Duration.ofHours(1)), at -> found(terminated(vCPU("1")), at));

        assertThat(script.shown()).isEqualTo(records);
    }

    @Test
    void shouldBookNothingOfASessionThatNobodyKnowsAnyMore() {
        SettlementScript script = SettlementScript.before(DETECTOR, terminated(null), FOUND_AT, START.plusSeconds(60))
                .run(at -> GONE);

        assertThat(script.records()).isEmpty();
        assertThat(script.closed()).isEqualTo(Why.FORGOTTEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IDLE", "older"})
    void shouldLearnNothingFromAStaleRead(String how) {
        Session stale = how.equals("IDLE")
                ? SessionSample.in("IDLE").billed(vCPU("7")).session()
                : SessionSample.in("TERMINATED")
                        .updatedAt(START.minusSeconds(1))
                        .billed(vCPU("7"))
                        .session();
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT);
        Settlement before = script.settlement();

        script.look(START.plusSeconds(60), at -> found(stale, at));

        assertThat(script.settlement().numbers()).isEqualTo(before.numbers());
        assertThat(script.settlement().looks()).isEqualTo(before.looks());
        assertThat(script.settlement().nextLookAt()).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void shouldTakeARejectedIdentifierForAnAbsence() {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(null), FOUND_AT)
                .run(at -> at.getEpochSecond() % 2 == 0 ? REJECTED : GONE);

        assertThat(script.shown()).isEqualTo("UNSETTLED:-:-@16/1");
        assertThat(script.closed()).isEqualTo(Why.FORGOTTEN);
    }

    @Test
    void shouldCorrectWhatTurnsUpAfterTheLastLook() {
        SettlementScript script =
                SettlementScript.ended(DETECTOR, terminated(null), FOUND_AT).run(at -> found(terminated(null), at));
        Instant later = START.plus(Duration.ofDays(3));

        script.look(later, at -> GONE)
                .look(later, at -> MALFORMED)
                .look(later, at -> found(terminated(null), at))
                .look(later, at -> found(terminated(vCPU("3")), at));

        assertThat(script.shown()).isEqualTo("UNSETTLED:-:-@1440/9 CORRECTED:3:3@4320/11");
        assertThat(script.settlement().closed()).isTrue();
    }

    /** The dispatcher's clock may run ahead of ours. */
    @Test
    void shouldLookAgainSoonIfALookCameALittleTooSoon() {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT)
                .runUntil(START.plus(Duration.ofMinutes(20)), at -> found(terminated(vCPU("1")), at));
        Instant due = requireNonNull(script.settlement().nextLookAt());

        script.look(due, at -> found(terminated(vCPU("1")), at.minusMillis(3)));

        assertThat(script.records()).isEmpty();
        assertThat(script.settlement().nextLookAt()).isEqualTo(due.plusMillis(3));
    }

    @Test
    void shouldNotDecideAboutWhatIsNotBeingSettled() {
        TrackedSession live = SettlementScript.kept(SessionSample.in("IDLE").session(), START);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DETECTOR.decide(live, GONE, SessionSample.moment(START)))
                .withMessageContaining("expected one that is being settled");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DETECTOR.resume(live, START))
                .withMessageContaining("expected one whose end was reported");
    }
}
