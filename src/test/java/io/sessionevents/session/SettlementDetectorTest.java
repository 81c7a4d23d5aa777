package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SettlementScript.found;
import static io.sessionevents.session.SettlementScript.terminated;
import static io.sessionevents.session.SettlementScript.vCPU;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SettlementDecision.Close.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementDetectorTest {
    private static final SettlementDetector DETECTOR = new SettlementDetector(SettlementPlan.USUAL);
    private static final Instant FOUND_AT = START.plusSeconds(6);
    private static final Lookup GONE = new Lookup.NotFound();
    private static final Lookup DENIED = new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no");
    private static final Lookup MALFORMED = new Lookup.Unavailable(Lookup.Trouble.MALFORMED, "odd");
    private static final Lookup THROTTLED = new Lookup.Unavailable(Lookup.Trouble.THROTTLED, "slow down");

    /**
     * What AWS bills from which minute after the end on; {@code gone}, {@code odd}, {@code denied} and {@code slow} are failures,
     * {@code -} no number. Records as {@code status:billed:delta@minute/looks}.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            there at once          | 0=0.1                            | SETTLED:0.1:0.1@30/5
            late                   | 0=-, 10=0.1                      | SETTLED:0.1:0.1@45/6
            later                  | 0=-, 70=0.1                      | SETTLED:0.1:0.1@150/8
            growing                | 0=0.1, 4=0.2, 14=0.3             | SETTLED:0.3:0.3@45/6
            growing slowly         | 0=0.1, 20=0.2, 50=0.3, 100=0.4   | SETTLED:0.3:0.3@90/7 CORRECTED:0.4:0.1@120/8
            missing for ever       | 0=-                              | UNSETTLED:-:-@1440/9
            there at last          | 0=-, 700=0.1                     | UNSETTLED:0.1:0.1@1440/9
            null and then there    | 0=0.1, 4=-, 14=0.1               | SETTLED:0.1:0.1@30/4
            gone null and not back | 0=0.1, 20=-                      | UNSETTLED:0.1:0.1@1440/4
            going down             | 0=0.2, 4=0.1                     | SETTLED:0.1:0.1@35/6
            to zero                | 0=0.2, 50=0                      | SETTLED:0.2:0.2@30/5 CORRECTED:0:-0.2@60/6
            corrected              | 0=0.1, 50=0.3                    | SETTLED:0.1:0.1@30/5 CORRECTED:0.3:0.2@60/6
            corrected downwards    | 0=12.000, 50=11.5                | SETTLED:12.000:12.000@30/5 CORRECTED:11.5:-0.500@60/6
            corrected twice        | 0=1, 50=1E-7, 400=3              | SETTLED:1:1@30/5 CORRECTED:1E-7:-0.9999999@60/6 CORRECTED:3:2.9999999@1440/9
            corrected at the end   | 0=1, 1440=2                      | SETTLED:1:1@30/5 CORRECTED:2:1@1440/9
            written otherwise      | 0=1, 20=1.0, 50=1.00             | SETTLED:1.0:1.0@30/5
            null after settlement  | 0=1, 50=-                        | SETTLED:1:1@30/5
            back after settlement  | 0=1, 50=-, 100=2                 | SETTLED:1:1@30/5 CORRECTED:2:1@120/6
            gone at once           | 0=0.1, 1=gone                    | UNSETTLED:0.1:0.1@16/1
            gone without numbers   | 0=-, 1=gone                      | UNSETTLED:-:-@16/1
            gone and back          | 0=-, 1=gone, 20=5                | UNSETTLED:-:-@16/1 CORRECTED:5:5@30/2
            gone, back and growing | 0=1, 1=gone, 20=5, 50=6          | UNSETTLED:1:1@16/1 CORRECTED:5:4@30/2 CORRECTED:6:1@60/3
            gone for a moment      | 0=1, 1=gone, 3=1                 | SETTLED:1:1@30/5
            gone after settlement  | 0=1, 50=gone                     | SETTLED:1:1@30/5
            gone at the last look  | 0=1, 1439=gone, 1442=9           | SETTLED:1:1@30/5 CORRECTED:9:8@1443/9
            gone for good by then  | 0=1, 1439=gone                   | SETTLED:1:1@30/5
            malformed for a while  | 0=1, 5=odd, 100=1                | SETTLED:1:1@126/3
            malformed for ever     | 0=1, 5=odd                       | UNSETTLED:1:1@2886/2
            denied for ever        | 0=1, 5=denied                    | UNSETTLED:1:1@2886/2
            throttled for ever     | 0=-, 1=slow                      | UNSETTLED:-:-@2882/1
            odd after settlement   | 0=1, 40=odd                      | SETTLED:1:1@30/5
            tiny                   | 0=4.9E-324                       | SETTLED:4.9E-324:4.9E-324@30/5
            nothing used           | 0=0                              | SETTLED:0:0@30/5
            """)
    void shouldBook(String what, String answers, String records) {
        var history = history(answers);
        Session first = requireNonNull(history.firstEntry().getValue().session());

        SettlementScript script =
                SettlementScript.ended(DETECTOR, first, FOUND_AT).run(at(history));

        assertThat(script.shown()).as(what).isEqualTo(records);
        assertThat(script.settlement().closed()).isTrue();
    }

    /** One number that is missing hides no other: it stays as it was. */
    @ParameterizedTest
    @CsvSource({
        "50, 100, ,   59, CORRECTED, 50/100/0/59",
        "50, 100, 0,  ,   CORRECTED, 50/100/0/59",
        "1,  2,   ,   ,   SETTLED,   1/2/0/59",
        ",   ,    3,  60, CORRECTED, 1/2/3/60"
    })
    void shouldTakeEachNumberThatIsSent(
            String vCPU, String memory, String storage, Long seconds, UsageStatus status, String told) {
        Session whole = session("1", "2", "0", 59L);
        Session later = session(vCPU, memory, storage, seconds);
        Instant change = START.plus(Duration.ofMinutes(50));

        SettlementScript script = SettlementScript.ended(DETECTOR, whole, FOUND_AT)
                .run(at -> found(at.isBefore(change) ? whole : later, at));

        UsageRecord last = script.records().getLast();
        ResourceUtilization billed = requireNonNull(last.numbers().billed());
        assertThat(last.status()).isEqualTo(status);
        assertThat("%s/%s/%s/%s"
                        .formatted(
                                text(billed.vCPU()),
                                text(billed.memory()),
                                text(billed.storage()),
                                last.numbers().executionSeconds()))
                .isEqualTo(told);
    }

    /** What is never sent again can stand all the same, unless it is billed. */
    @Test
    void shouldSettleThoughTheDurationIsSentNoMore() {
        SettlementScript script = SettlementScript.ended(DETECTOR, session("1", "2", "0", 59L), FOUND_AT)
                .run(at -> found(session("1", "2", "0", null), at));

        assertThat(script.shown()).isEqualTo("SETTLED:1:1@30/5");
    }

    private static Session session(
            @Nullable String vCPU, @Nullable String memory, @Nullable String storage, @Nullable Long seconds) {
        return SessionSample.in("TERMINATED")
                .endedAt(START)
                .billed(new ResourceUtilization(amount(vCPU), amount(memory), amount(storage)))
                .executionSeconds(seconds)
                .session();
    }

    private static @Nullable Amount amount(@Nullable String text) {
        return text == null ? null : Amount.parse(text);
    }

    private static String text(@Nullable Amount amount) {
        return amount == null ? "-" : amount.text();
    }

    @Test
    void shouldLookAtTheOffsetsAndWhenNumbersCanBeBooked() {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT)
                .run(at -> found(terminated(vCPU("1")), at));

        assertThat(script.looks())
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30).plusSeconds(6),
                        Duration.ofMinutes(60),
                        Duration.ofHours(2),
                        Duration.ofHours(6),
                        Duration.ofHours(24));
        assertThat(script.closed()).isEqualTo(Why.UNCHANGED);
    }

    @Test
    void shouldTellEverythingOfTheSession() {
        Session session = SessionSample.in("TERMINATED")
                .startedAt(START.plusSeconds(1))
                .endedAt(START.plusSeconds(60))
                .tags(Map.of("cost", "42"))
                .billed(new ResourceUtilization(Amount.parse("0.1"), Amount.parse("1E-7"), Amount.parse("12.000")))
                .total(vCPU("7"))
                .executionSeconds(59L)
                .session();
        Instant foundAt = START.plusSeconds(66);

        SettlementScript script =
                SettlementScript.ended(DETECTOR, session, foundAt).run(at -> found(session, at));

        UsageRecord record = script.records().getFirst();
        Instant settledAt = foundAt.plus(Duration.ofMinutes(30));
        assertThat(record)
                .isEqualTo(new UsageRecord(
                        SessionSample.KEY,
                        1,
                        UsageStatus.SETTLED,
                        settledAt,
                        foundAt,
                        5,
                        new SessionIdentity(
                                session.arn(),
                                null,
                                "arn:aws:iam::123456789012:user/ada",
                                "arn:aws:iam::123456789012:role/spark",
                                "emr-7.13.0",
                                Map.of("cost", "42")),
                        Map.of("team", "blue"),
                        SessionState.TERMINATED,
                        START.plusSeconds(1),
                        START.plusSeconds(60),
                        Usage.of(session),
                        session.billedResourceUtilization(),
                        SettlementScript.change(session, foundAt).eventId()));
        assertThat(script.settlement().identity())
                .as("nobody needs it any more")
                .isNull();
    }

    @Test
    void shouldBookASessionThatFailedBeforeItRan() {
        Session failed = SessionSample.in("FAILED").session();

        SettlementScript script =
                SettlementScript.ended(DETECTOR, failed, FOUND_AT).run(at -> found(failed, at));

        assertThat(script.records()).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(UsageStatus.UNSETTLED);
            assertThat(record.finalState()).isEqualTo(SessionState.FAILED);
            assertThat(record.numbers()).isEqualTo(Usage.NONE);
            assertThat(record.billedDelta()).isNull();
            assertThat(record.unchangedSince()).isNull();
            assertThat(record.periodStart()).as("created").isEqualTo(START);
        });
    }

    /** Neither the row of looks grows without end, nor the time between them. */
    @ParameterizedTest
    @ValueSource(strings = {"odd", "denied", "slow"})
    void shouldRepeatAFailedLookSoonAndLessOften(String failure) {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT)
                .run(at -> requireNonNull(new Answer(failure).failure()));

        assertThat(script.looks().subList(0, 5))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(8),
                        Duration.ofMinutes(16));
        assertThat(script.looks()).hasSizeBetween(50, 110);
        assertThat(script.records()).hasSize(1);
    }

    /** It decides about the month of the bill, and the first answer may lack it. */
    @Test
    void shouldEndWhenAwsSaysSoHoweverLateItSaysIt() {
        Session first = SessionSample.in("TERMINATED").billed(vCPU("1")).session();
        Instant end = START.minusSeconds(2);
        Session later =
                SessionSample.in("TERMINATED").billed(vCPU("1")).endedAt(end).session();

        SettlementScript script =
                SettlementScript.ended(DETECTOR, first, FOUND_AT).run(at -> found(later, at));

        assertThat(script.records()).singleElement().returns(end, UsageRecord::periodEnd);
    }

    @Test
    void shouldCorrectWhatIsNotBilledToo() {
        SettlementScript script = SettlementScript.ended(DETECTOR, terminated(vCPU("1")), FOUND_AT)
                .runUntil(START.plus(Duration.ofMinutes(40)), at -> found(terminated(vCPU("1")), at))
                .run(at -> found(
                        SessionSample.in("TERMINATED")
                                .billed(vCPU("1"))
                                .executionSeconds(9L)
                                .session(),
                        at));

        assertThat(script.shown()).isEqualTo("SETTLED:1:1@30/5 CORRECTED:1:0@60/6");
    }

    /** @param text a number, {@code -} or a failure */
    private record Answer(String text) {
        @Nullable
        Lookup failure() {
            return switch (text) {
                case "gone" -> GONE;
                case "odd" -> MALFORMED;
                case "denied" -> DENIED;
                case "slow" -> THROTTLED;
                default -> null;
            };
        }

        @Nullable
        Session session() {
            return failure() == null ? terminated(vCPU(text.equals("-") ? null : text)) : null;
        }

        Lookup at(Instant now) {
            Lookup failure = failure();
            return failure == null ? found(requireNonNull(session()), now) : failure;
        }
    }

    private static NavigableMap<Instant, Answer> history(String answers) {
        var history = new TreeMap<Instant, Answer>();
        for (String answer : answers.split(", ", -1)) {
            String[] parts = answer.split("=", -1);
            history.put(START.plus(Duration.ofMinutes(Long.parseLong(parts[0]))), new Answer(parts[1]));
        }
        return history;
    }

    private static Function<Instant, Lookup> at(NavigableMap<Instant, Answer> history) {
        return now -> requireNonNull(history.floorEntry(now)).getValue().at(now);
    }
}
