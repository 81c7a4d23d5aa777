package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.TwoSessions.EVERY_CHANGE;
import static io.sessionevents.local.judge.TwoSessions.KEY;
import static io.sessionevents.local.judge.TwoSessions.LIVES;
import static io.sessionevents.local.judge.TwoSessions.OTHER;
import static io.sessionevents.local.judge.TwoSessions.PUBLISHED;
import static io.sessionevents.local.judge.TwoSessions.RIGHT;
import static io.sessionevents.local.judge.TwoSessions.T0;
import static io.sessionevents.local.judge.TwoSessions.TRUTH;
import static io.sessionevents.local.judge.TwoSessions.arrivals;
import static io.sessionevents.local.judge.TwoSessions.event;
import static io.sessionevents.local.judge.TwoSessions.looks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A judge that cannot convict is none: each guarantee holds for what is right and fails for what is wrong. */
class GuaranteesTest {
    private static final Evidence EVIDENCE = new Evidence(
            TRUTH,
            Evidence.Asked.of(PUBLISHED).and(Map.of("app", T0)),
            new Told(RIGHT, arrivals(RIGHT), List.of()),
            List.of(),
            T0.plusSeconds(300),
            new Evidence.Limits(2, 2, 2).withLists(1, 1, Duration.ofMinutes(1)));

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

    /** A session that no one published and the service did not find was not looked at: nobody else misses it. */
    @Test
    void shouldNoticeASessionThatWasNotDiscovered() {
        List<ObservedChange> dropped =
                RIGHT.stream().filter(event -> !event.key().equals(KEY)).toList();
        Evidence evidence = discovering(looksAt(OTHER), dropped);

        assertThat(broken(evidence)).containsExactly(Promise.EVERY_SESSION_REPORTED);
        assertThat(evidence.violations(Promise.EVERY_SESSION_REPORTED))
                .singleElement()
                .asString()
                .contains("end untold", KEY.toString(), "TERMINATED");
        assertThat(broken(discovering(TRUTH.requests(), RIGHT))).isEmpty();
    }

    /** What was found is judged as if it had been published when it was looked at first. */
    @Test
    void shouldJudgeWhatWasDiscoveredLikeEverythingElse() {
        Evidence evidence = discovering(TRUTH.requests(), RIGHT.subList(0, 4));

        assertThat(evidence.tracked().keySet()).isEqualTo(PUBLISHED.keySet());
        assertThat(broken(evidence)).containsExactly(Promise.EVERY_CHANGE_REPORTED, Promise.NOTHING_SEEN_TWICE_UNTOLD);
    }

    @Test
    void shouldNoticeAnEndThatIsToldTwice() {
        List<ObservedChange> twice = new ArrayList<>(RIGHT);
        twice.add(event(5, "TERMINATED", "TERMINATED", 190, 185));

        assertThat(discovering(TRUTH.requests(), twice).violations(Promise.EVERY_SESSION_REPORTED))
                .singleElement()
                .asString()
                .contains("end told 2 times", KEY.toString());
    }

    @Test
    void shouldAskForNoEndThatIsNotSettledOrBeforeItsApplicationWasTrackedOrDenied() {
        var minute = Duration.ofMinutes(1);
        Instant end = T0.plusSeconds(180);
        Instant until = end.plus(minute);
        Map<String, Instant> tracked = Map.of("app", T0);
        var down = new Interval(end.plusSeconds(10), end.plusSeconds(20));
        Truth denied = new Truth(LIVES, Set.of(), List.of(new Truth.Request(T0, KEY, 404, Fault.VANISHED)));

        assertThat(new EverySessionReported(tracked, minute, List.of(), until).due(TRUTH))
                .containsOnlyKeys(KEY);
        assertThat(new EverySessionReported(tracked, minute, List.of(), until.minusMillis(1)).due(TRUTH))
                .isEmpty();
        assertThat(new EverySessionReported(tracked, minute, List.of(down), until.plusSeconds(9)).due(TRUTH))
                .isEmpty();
        assertThat(new EverySessionReported(tracked, minute, List.of(down), until.plusSeconds(10)).due(TRUTH))
                .containsOnlyKeys(KEY);
        assertThat(new EverySessionReported(Map.of("other", T0), minute, List.of(), until).due(TRUTH))
                .isEmpty();
        assertThat(new EverySessionReported(Map.of("app", end.plusMillis(1)), minute, List.of(), until).due(TRUTH))
                .isEmpty();
        assertThat(new EverySessionReported(tracked, minute, List.of(), until).due(denied))
                .isEmpty();
    }

    private static Evidence discovering(List<Truth.Request> requests, List<ObservedChange> events) {
        return new Evidence(
                new Truth(LIVES, Set.of(), requests),
                Evidence.Asked.of(Map.of()).and(Map.of("app", T0)),
                new Told(events, arrivals(events), List.of()),
                List.of(),
                T0.plusSeconds(300),
                EVIDENCE.limits());
    }

    private static List<Truth.Request> looksAt(SessionKey key) {
        return TRUTH.requests().stream().filter(look -> look.key().equals(key)).toList();
    }

    private static Set<Promise> broken(Evidence evidence) {
        return EnumSet.allOf(Promise.class).stream()
                .filter(promise -> !evidence.violations(promise).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldNoticeAListBudgetThatIsExceededAndKeepItApart() {
        List<Truth.Listing> twoInASecond = Stream.of(0, 900)
                .map(millis -> new Truth.Listing(
                        T0.plusMillis(millis), Operation.LIST_SESSIONS, "app", 200, Fault.NONE, Set.of(), 2))
                .toList();
        Truth listed = new Truth(LIVES, Set.of(), TRUTH.requests(), twoInASecond, List.of());

        assertThat(new ListBudgetsNeverExceeded(0.95, 0.2).violations(listed, RIGHT))
                .singleElement()
                .asString()
                .contains("2 ListSessions requests", "budget 0.95, allowed 1");
        assertThat(new ListBudgetsNeverExceeded(1, 0).violations(listed, RIGHT)).isEmpty();
        assertThat(new BudgetNeverExceeded(1).violations(listed, RIGHT))
                .as("GetSession")
                .isEmpty();
        assertThat(new ListBudgetsNeverExceeded(0.95, 0.2).violations(TRUTH, RIGHT))
                .isEmpty();
    }

    /** Nobody sees the busy second. */
    @Test
    void shouldCountStatesThatNobodyReportedAndMeasureHowLateTheOthersAre() {
        var all = new Interval(T0, T0.plusSeconds(300));

        assertThat(MissedStates.of(TRUTH, RIGHT, all, all.to())).isEqualTo(new MissedStates(4, 1));
        assertThat(MissedStates.of(TRUTH, RIGHT, all, all.to()).share()).isEqualTo(0.25);
        assertThat(MissedStates.of(TRUTH, RIGHT, all, T0.plusSeconds(121))).isEqualTo(new MissedStates(2, 0));
        assertThat(MissedStates.of(TRUTH, List.of(), new Interval(T0, T0.plusSeconds(1)), all.to()))
                .isEqualTo(new MissedStates(1, 1));
        assertThat(DetectionLag.of(TRUTH, RIGHT, all).mean()).isCloseTo((3 + 2 + 3) / 3.0, within(1e-9));
        assertThat(DetectionLag.of(TRUTH, RIGHT, new Interval(T0.plusSeconds(121), all.to()))
                        .sorted())
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(DetectionLag.of(TRUTH, RIGHT, all).standardError()).isCloseTo(1 / 3.0, within(1e-9));
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
    void shouldNoticeASessionThatIsGivenUpThoughAwsNeverDeniedIt() {
        Truth denied = new Truth(LIVES, Set.of(), List.of(new Truth.Request(T0, KEY, 404, Fault.VANISHED)));

        assertThat(new NoneGivenUp(Set.of(KEY)).violations(TRUTH, RIGHT)).hasSize(1);
        assertThat(new NoneGivenUp(Set.of(KEY)).violations(denied, RIGHT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNKNOWN_CREDENTIALS", "OUTLIVED_CREDENTIALS", "WRONG_SIGNATURE"})
    void shouldNoticeACallWithStrangeCredentials(Fault fault) {
        Truth called = new Truth(LIVES, Set.of(), List.of(new Truth.Request(T0, KEY, 403, fault)));

        assertThat(new OwnCredentials().violations(called, RIGHT)).hasSize(1);
    }

    /** Where the same ids are in two accounts, an event of one says nothing about the other. */
    @Test
    void shouldNoticeAnEventOfTheSameIdsInAnotherAccount() {
        var elsewhere = new SessionKey("prod-eu", KEY.applicationId(), KEY.sessionId());
        List<ObservedChange> mixedUp = new ArrayList<>(RIGHT);
        mixedUp.set(0, TwoSessions.change(elsewhere, 1, null, "SUBMITTED", List.of(), T0, 3, null));

        assertThat(new NothingInvented().violations(TRUTH, mixedUp)).hasSize(1);
        assertThat(EVERY_CHANGE.violations(TRUTH, mixedUp)).hasSize(1);
        assertThat(Told.of(mixedUp).in("prod-eu").events()).hasSize(1);
    }

    @Test
    void shouldNoticeAnEventAfterTheEnd() {
        List<ObservedChange> after = new ArrayList<>(RIGHT);
        after.add(event(5, "TERMINATED", "IDLE", 190, 185));

        assertThat(new NothingAfterTerminal().violations(TRUTH, after)).hasSize(1);
    }
}
