package io.sessionevents.local.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.emr.Fault;
import io.sessionevents.local.emr.Phase;
import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
    private static final Truth TRUTH = new Truth(Map.of(KEY, LIFE), Set.of(), List.of());
    private static final List<ObservedChange> RIGHT = List.of(
            event(1, null, "SUBMITTED", 5, null),
            event(2, "SUBMITTED", "IDLE", 65, 58),
            event(3, "IDLE", "IDLE", 125, 118),
            event(4, "IDLE", "TERMINATED", 185, 178));
    private static final EveryChangeReported EVERY_CHANGE =
            new EveryChangeReported(Duration.ofSeconds(10), T0.plusSeconds(300), Map.of(KEY, T0), false);
    private static final List<Guarantee> ALL = List.of(
            EVERY_CHANGE,
            new InOrderPerSession(),
            new NoDuplicates(),
            new NothingAfterTerminal(),
            new NothingInvented());

    @Test
    void shouldHoldForWhatIsRight() {
        assertThat(ALL)
                .allSatisfy(guarantee ->
                        assertThat(guarantee.violations(TRUTH, RIGHT)).isEmpty());
        assertThat(EVERY_CHANGE.observable(TRUTH)).hasSize(4);
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

    /** It cannot be told from the busy state before where AWS clears {@code idleSince}; the idleness between can be missed. */
    @Test
    void shouldAskForASecondBusyStateOnlyWhereAnAnswerTellsIt() {
        List<ObservedChange> onlyTheFirst = List.of(
                event(1, null, "SUBMITTED", 5, null),
                event(2, "SUBMITTED", "BUSY", T0.plusSeconds(60), 65, 58),
                event(3, "BUSY", "TERMINATED", 185, 178));

        assertThat(EVERY_CHANGE.missed(busyTwice(1, Set.of(KEY)), onlyTheFirst)).isEmpty();
        assertThat(EVERY_CHANGE.missed(busyTwice(1, Set.of()), onlyTheFirst))
                .extracting(EveryChangeReported.TrueState::phase)
                .containsExactly(3);
        assertThat(EVERY_CHANGE.missed(busyTwice(20, Set.of(KEY)), onlyTheFirst))
                .extracting(EveryChangeReported.TrueState::phase)
                .containsExactly(2);
        assertThat(EVERY_CHANGE.missed(busyTwice(1, Set.of(KEY)), onlyTheFirst.subList(0, 1)))
                .extracting(EveryChangeReported.TrueState::phase)
                .containsExactly(1, 3, 4);
    }

    private static Truth busyTwice(int idleSeconds, Set<SessionKey> clearingIdleSince) {
        List<Phase> life = List.of(
                new Phase("SUBMITTED", T0),
                new Phase("BUSY", T0.plusSeconds(60)),
                new Phase("IDLE", T0.plusSeconds(120)),
                new Phase("BUSY", T0.plusSeconds(120 + idleSeconds)),
                new Phase("TERMINATED", T0.plusSeconds(180)));
        return new Truth(Map.of(KEY, life), clearingIdleSince, List.of());
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
    void shouldMeasureTheLagFromTheTrueChange() {
        DetectionLag lag = DetectionLag.of(TRUTH, RIGHT);

        assertThat(lag.sorted()).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(lag.percentile(0.5)).isEqualTo(Duration.ofSeconds(5));
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
        return new ObservedChange(
                "event-" + sequence + state,
                KEY,
                sequence,
                before,
                state,
                state,
                Set.of("FAILED", "TERMINATED").contains(state),
                List.of(),
                updatedAt,
                T0.plusSeconds(at),
                since == null ? null : T0.plusSeconds(since));
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
