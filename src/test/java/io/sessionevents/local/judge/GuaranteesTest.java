package io.sessionevents.local.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A judge that cannot convict is none: each guarantee holds for what is right and fails for what is wrong. */
class GuaranteesTest {
    private static final SessionKey KEY = new SessionKey("app", "s1");
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final List<Phase> LIFE = List.of(
            new Phase("SUBMITTED", T0),
            new Phase("IDLE", T0.plusSeconds(60)),
            new Phase("BUSY", T0.plusSeconds(120)),
            new Phase("IDLE", T0.plusSeconds(121)),
            new Phase("TERMINATED", T0.plusSeconds(180)));
    private static final SessionKey OTHER = new SessionKey("app", "s2");
    private static final Map<SessionKey, List<Phase>> LIVES = Map.of(KEY, LIFE, OTHER, List.of(new Phase("IDLE", T0)));
    private static final Map<SessionKey, Instant> PUBLISHED = Map.of(KEY, T0, OTHER, T0);

    /** Both are looked at every five seconds; nobody sees the busy second. */
    private static final Truth TRUTH =
            new Truth(LIVES, Set.of(), looks(IntStream.range(0, 60).map(i -> 3 + 5 * i)));

    private static final List<ObservedChange> RIGHT = List.of(
            event(1, null, "SUBMITTED", 3, null),
            event(2, "SUBMITTED", "IDLE", 63, 58),
            event(3, "IDLE", "IDLE", 123, 118),
            event(4, "IDLE", "TERMINATED", 183, 178),
            change(OTHER, 1, null, "IDLE", List.of(), T0, 3, null));
    private static final EveryChangeReported EVERY_CHANGE = new EveryChangeReported(PUBLISHED);
    private static final Evidence EVIDENCE = new Evidence(
            TRUTH,
            Evidence.Asked.of(PUBLISHED),
            new Told(RIGHT, arrivals(RIGHT), List.of()),
            List.of(),
            T0.plusSeconds(300),
            new Evidence.Limits(2, 2, 2));

    @ParameterizedTest
    @EnumSource
    void shouldHoldForWhatIsRight(Promise promise) {
        assertThat(EVIDENCE.violations(promise)).isEmpty();
    }

    @Test
    void shouldNameWhatWasBrokenOnce() {
        List<ObservedChange> twiceAfterTheEnd = new ArrayList<>(RIGHT);
        twiceAfterTheEnd.add(event(5, "TERMINATED", "FAILED", 190, 185));
        var evidence = Evidence.of(TRUTH, PUBLISHED, twiceAfterTheEnd, Evidence.Limits.OF_A_FLEET);
        Verdict verdict = evidence.judge(Promise.ALWAYS);

        assertThat(verdict.kept()).isFalse();
        assertThat(verdict.broken()).containsExactly("invented");
        assertThat(verdict.count("invented")).isEqualTo(2);
        assertThat(verdict.and(verdict).count("invented")).isEqualTo(4);
        assertThat(EVIDENCE.judge(Promise.OF_A_FLEET).kept()).isTrue();
        assertThat(EVIDENCE.observable()).isEqualTo(5);
    }

    @Test
    void shouldNoticeAStateThatTwoLooksShowedAndNobodyTold() {
        var told = new NothingSeenTwiceUntold(PUBLISHED.keySet());
        assertThat(told.violations(TRUTH, RIGHT.subList(0, 4)))
                .singleElement()
                .asString()
                .contains(OTHER.toString());
        assertThat(told.violations(new Truth(LIVES, Set.of(), looks(IntStream.of(3))), List.of()))
                .isEmpty();
    }

    @Test
    void shouldNoticeADeadLetterTooFewAndOneTooMany() {
        assertThat(new EveryRecordAccounted(2, 2).violations(TRUTH, RIGHT)).isEmpty();
        assertThat(new EveryRecordAccounted(2, 1).violations(TRUTH, RIGHT)).hasSize(1);
        assertThat(new EveryRecordAccounted(2, 3).violations(TRUTH, RIGHT)).hasSize(1);
    }

    @Test
    void shouldNoticeADroppedEvent() {
        for (int i = 0; i < RIGHT.size(); i++) {
            List<ObservedChange> dropped = new ArrayList<>(RIGHT);
            dropped.remove(i);

            assertThat(EVERY_CHANGE.violations(TRUTH, dropped)).hasSize(1);
        }
        assertThat(new InOrderPerSession().violations(TRUTH, RIGHT.subList(1, 4)))
                .isNotEmpty();
    }

    @Test
    void shouldAskForNothingThatNoAnswerShowed() {
        Truth nobodyLooked = new Truth(LIVES, Set.of(), List.of());
        Truth twice = new Truth(LIVES, Set.of(), looks(IntStream.of(3, 8)));
        Truth tooLate = new Truth(
                LIVES,
                Set.of(),
                TRUTH.requests().stream()
                        .map(look -> new Truth.Request(look.at(), look.key(), 200, Fault.NONE, look.phase(), null))
                        .toList());
        Truth dishonest = new Truth(
                LIVES,
                Set.of(),
                TRUTH.requests().stream()
                        .map(look -> new Truth.Request(
                                look.at(), look.key(), 200, Fault.STALE, look.phase(), look.answered()))
                        .toList());

        assertThat(List.of(nobodyLooked, twice, tooLate, dishonest))
                .allSatisfy(truth -> assertThat(EVERY_CHANGE.observable(truth)).isEmpty());
    }

    @Test
    void shouldAskForNothingThatADisturbanceMayHaveLost() {
        var whileIdle = new Interval(T0.plusSeconds(62), T0.plusSeconds(64));
        var disturbed = new EveryChangeReported(PUBLISHED, List.of(whileIdle));
        var longer = new EveryChangeReported(PUBLISHED, List.of(new Interval(T0.plusSeconds(62), T0.plusSeconds(119))));

        assertThat(disturbed.missed(TRUTH, List.of()))
                .filteredOn(state -> state.key().equals(KEY))
                .extracting(EveryChangeReported.ShownState::phase)
                .as("looks after it show the state too")
                .containsExactly(0, 1, 3, 4);
        assertThat(longer.missed(TRUTH, List.of()))
                .filteredOn(state -> state.key().equals(KEY))
                .extracting(EveryChangeReported.ShownState::phase)
                .containsExactly(0, 3, 4);
    }

    /** It cannot be told from the busy state before where AWS clears {@code idleSince}. */
    @Test
    void shouldAskForASecondBusyStateOnlyWhereAnAnswerTellsIt() {
        List<ObservedChange> onlyTheFirst = List.of(
                event(1, null, "SUBMITTED", 3, null),
                event(2, "SUBMITTED", "BUSY", T0.plusSeconds(60), 63, 58),
                event(3, "BUSY", "TERMINATED", 183, 178),
                RIGHT.getLast());

        assertThat(EVERY_CHANGE.missed(busyTwice(1, Set.of(KEY)), onlyTheFirst)).isEmpty();
        assertThat(EVERY_CHANGE.missed(busyTwice(1, Set.of()), onlyTheFirst))
                .extracting(EveryChangeReported.ShownState::phase)
                .containsExactly(3);
        assertThat(EVERY_CHANGE.missed(busyTwice(20, Set.of(KEY)), onlyTheFirst))
                .extracting(EveryChangeReported.ShownState::phase)
                .containsExactly(2);
    }

    private static Truth busyTwice(int idleSeconds, Set<SessionKey> clearingIdleSince) {
        List<Phase> life = List.of(
                new Phase("SUBMITTED", T0),
                new Phase("BUSY", T0.plusSeconds(60)),
                new Phase("IDLE", T0.plusSeconds(120)),
                new Phase("BUSY", T0.plusSeconds(120 + idleSeconds)),
                new Phase("TERMINATED", T0.plusSeconds(180)));
        Map<SessionKey, List<Phase>> lives = Map.of(KEY, life, OTHER, List.of(new Phase("IDLE", T0)));
        return new Truth(
                lives, clearingIdleSince, looks(lives, IntStream.range(0, 60).map(i -> 3 + 5 * i)));
    }

    @Test
    void shouldNoticeARepeatedEvent() {
        List<ObservedChange> repeated = new ArrayList<>(RIGHT);
        repeated.add(2, RIGHT.get(1));

        assertThat(new NoDuplicates().violations(TRUTH, repeated)).hasSize(1);
    }

    @Test
    void shouldNoticeSwappedEvents() {
        List<ObservedChange> swapped = List.of(RIGHT.get(0), RIGHT.get(2), RIGHT.get(1), RIGHT.get(3));

        assertThat(new InOrderPerSession().violations(TRUTH, swapped)).isNotEmpty();
    }

    @Test
    void shouldNoticeAnInventedEvent() {
        List<ObservedChange> invented = new ArrayList<>(RIGHT.subList(0, 1));
        invented.add(event(2, "SUBMITTED", "FAILED", 30, 20));
        List<ObservedChange> tooLate = new ArrayList<>(RIGHT.subList(0, 3));
        tooLate.add(event(4, "IDLE", "BUSY", 185, 178));

        assertThat(new NothingInvented().violations(TRUTH, invented)).hasSize(1);
        assertThat(new NothingInvented().violations(TRUTH, tooLate)).hasSize(1);
    }

    /** The change was at 60 s. */
    @ParameterizedTest
    @CsvSource({"63, 59, true", "60, 59, true", "63, 60, false", "63, 61, false", "63, 63, false", "59, 58, false"})
    void shouldAskThatTheChangeBeganWithinTheWindow(int observed, int previously, boolean within) {
        List<ObservedChange> events =
                List.of(RIGHT.getFirst(), event(2, "SUBMITTED", "IDLE", T0.plusSeconds(60), observed, previously));

        assertThat(new NothingInvented().violations(TRUTH, events).isEmpty()).isEqualTo(within);
    }

    /** A stale read at 61 s still shows the session submitted, and nobody can tell. */
    @Test
    void shouldBlameNobodyForAWindowThatAStaleReadMovedOn() {
        var stale = new Truth.Request(T0.plusSeconds(61), KEY, 200, Fault.STALE, 0, T0.plusSeconds(61));
        List<ObservedChange> events =
                List.of(RIGHT.getFirst(), event(2, "SUBMITTED", "IDLE", T0.plusSeconds(60), 63, 61));
        List<ObservedChange> later =
                List.of(RIGHT.getFirst(), event(2, "SUBMITTED", "IDLE", T0.plusSeconds(60), 63, 62));
        Truth truth = new Truth(LIVES, Set.of(), List.of(stale));

        assertThat(new NothingInvented().violations(truth, events)).isEmpty();
        assertThat(new NothingInvented().violations(truth, later)).hasSize(1);
    }

    /** The session was submitted, idle from 60 s, busy from 120 s, idle from 121 s, and ended at 180 s. */
    @ParameterizedTest
    @CsvSource({
        "BUSY, 118, true", // it really was, unseen
        "BUSY, 120, false", // before the window
        "STARTED, 118, true", // it ran: AWS does not say in which state
        "TERMINATING, 118, false", // it never was
        "BUSY IDLE, 118, false", // idle is the state of the event itself
        "IDLE, 58, false" // that was told by the event before
    })
    void shouldAskThatMissedStatesReallyWere(String missed, int previously, boolean really) {
        List<ObservedChange> events = List.of(
                RIGHT.get(0),
                RIGHT.get(1),
                change(KEY, 3, "IDLE", "IDLE", List.of(missed.split(" ")), T0.plusSeconds(121), 123, previously));

        assertThat(new NothingInvented().violations(TRUTH, events).isEmpty()).isEqualTo(really);
    }

    @Test
    void shouldNoticeMissedStatesOfAFirstEvent() {
        ObservedChange first = change(KEY, 1, null, "IDLE", List.of("BUSY"), T0.plusSeconds(121), 123, null);

        assertThat(new NothingInvented().violations(TRUTH, List.of(first))).hasSize(1);
    }

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
    void shouldNoticeASessionThatIsGivenUpThoughAwsNeverDeniedIt() {
        Truth denied = new Truth(LIVES, Set.of(), List.of(new Truth.Request(T0, KEY, 404, Fault.VANISHED)));

        assertThat(new NoneGivenUp(Set.of(KEY)).violations(TRUTH, RIGHT)).hasSize(1);
        assertThat(new NoneGivenUp(Set.of(KEY)).violations(denied, RIGHT)).isEmpty();
    }

    @Test
    void shouldNoticeAnEventAfterTheEnd() {
        List<ObservedChange> after = new ArrayList<>(RIGHT);
        after.add(event(5, "TERMINATED", "IDLE", 190, 185));

        assertThat(new NothingAfterTerminal().violations(TRUTH, after)).hasSize(1);
    }

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
                Map.of(), Set.of(), calm.requests(), List.of(new Truth.Stall(T0.plusMillis(300), T0.plusMillis(400))));
        Truth earlier = new Truth(
                Map.of(),
                Set.of(),
                calm.requests(),
                List.of(new Truth.Stall(T0.minusMillis(900), T0.minusMillis(800))));

        assertThat(new BudgetNeverExceeded(9.5).violations(stalled, List.of())).isEmpty();
        assertThat(new BudgetNeverExceeded(9.5).violations(earlier, List.of())).hasSize(1);
        assertThat(new BudgetNeverExceeded(5).violations(stalled, List.of())).hasSize(1);
    }

    @Test
    void shouldMeasureTheLagFromTheTrueChange() {
        DetectionLag lag = DetectionLag.of(TRUTH, RIGHT);

        assertThat(lag.sorted()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(lag.percentile(0.5)).isEqualTo(Duration.ofSeconds(3));
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

    private static ObservedChange event(
            long sequence, @Nullable String before, String state, int at, @Nullable Integer since) {
        return event(sequence, before, state, updatedAt(state, T0.plusSeconds(at)), at, since);
    }

    private static ObservedChange event(
            long sequence, @Nullable String before, String state, Instant updatedAt, int at, @Nullable Integer since) {
        return change(KEY, sequence, before, state, List.of(), updatedAt, at, since);
    }

    private static ObservedChange change(
            SessionKey key,
            long sequence,
            @Nullable String before,
            String state,
            List<String> missed,
            Instant updatedAt,
            int at,
            @Nullable Integer since) {
        return new ObservedChange(
                "event-" + key.sessionId() + sequence + state,
                key,
                sequence,
                before,
                state,
                state,
                Set.of("FAILED", "TERMINATED").contains(state),
                missed,
                updatedAt,
                T0.plusSeconds(at),
                since == null ? null : T0.plusSeconds(since));
    }

    /** Looks at both sessions at those seconds, each answered after a moment. */
    private static List<Truth.Request> looks(IntStream seconds) {
        return looks(LIVES, seconds);
    }

    private static List<Truth.Request> looks(Map<SessionKey, List<Phase>> lives, IntStream seconds) {
        List<Truth.Request> looks = new ArrayList<>();
        seconds.mapToObj(T0::plusSeconds).forEach(at -> {
            for (SessionKey key : List.of(KEY, OTHER)) {
                List<Phase> life = lives.getOrDefault(key, List.of());
                int phase = (int) life.stream()
                                .filter(one -> !one.from().isAfter(at))
                                .count()
                        - 1;
                boolean ended = phase > 0
                        && life.get(phase).terminal()
                        && life.get(phase).from().isBefore(at.minusSeconds(5));
                if (!ended) {
                    looks.add(new Truth.Request(at, key, 200, Fault.NONE, phase, at.plusMillis(50)));
                }
            }
        });
        return looks;
    }

    /** Each with the consumer when it was observed. */
    private static Map<String, Instant> arrivals(List<ObservedChange> events) {
        return events.stream().collect(Collectors.toMap(ObservedChange::eventId, ObservedChange::observedAt));
    }

    /** When the state that is true at that time began, if it is of that name; else that time. */
    private static Instant updatedAt(String state, Instant at) {
        return LIFE.reversed().stream()
                .filter(phase -> phase.state().equals(state) && !phase.from().isAfter(at))
                .map(Phase::from)
                .findFirst()
                .orElse(at);
    }
}
