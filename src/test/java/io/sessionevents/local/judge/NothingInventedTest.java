package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.TwoSessions.KEY;
import static io.sessionevents.local.judge.TwoSessions.LIVES;
import static io.sessionevents.local.judge.TwoSessions.RIGHT;
import static io.sessionevents.local.judge.TwoSessions.T0;
import static io.sessionevents.local.judge.TwoSessions.TRUTH;
import static io.sessionevents.local.judge.TwoSessions.change;
import static io.sessionevents.local.judge.TwoSessions.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change that nobody can have seen is invented, and so is a window in which it did not begin. */
class NothingInventedTest {
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

    /** A life without STARTED: being idle is what shows that it has started, and is missed itself. */
    @ParameterizedTest
    @CsvSource({"STARTED IDLE, true", "STARTED IDLE IDLE, false", "STARTED BUSY, false", "IDLE STARTED, false"})
    void shouldLetWhatShowsTheStartBeMissedItself(String missed, boolean really) {
        List<ObservedChange> events = List.of(
                RIGHT.getFirst(),
                change(KEY, 2, "SUBMITTED", "BUSY", List.of(missed.split(" ")), T0.plusSeconds(120), 120, 30));

        assertThat(new NothingInvented().violations(TRUTH, events).isEmpty()).isEqualTo(really);
    }

    /** A stale read at 120.5 s still shows the session idle since 60 s, though it is busy since 120 s. */
    @Test
    void shouldBlameNobodyForAMissedStateThatAStaleReadHid() {
        var stale = new Truth.Request(T0.plusMillis(120_500), KEY, 200, Fault.STALE, 1, T0.plusMillis(120_500));
        List<ObservedChange> events = List.of(
                RIGHT.get(0),
                RIGHT.get(1),
                change(KEY, 3, "IDLE", "IDLE", List.of("BUSY"), T0.plusSeconds(121), 123, 120));

        assertThat(new NothingInvented().violations(new Truth(LIVES, Set.of(), List.of(stale)), events))
                .isEmpty();
        assertThat(new NothingInvented().violations(TRUTH, events)).hasSize(1);
    }

    @Test
    void shouldNoticeMissedStatesOfAFirstEvent() {
        ObservedChange first = change(KEY, 1, null, "IDLE", List.of("BUSY"), T0.plusSeconds(121), 123, null);

        assertThat(new NothingInvented().violations(TRUTH, List.of(first))).hasSize(1);
    }
}
