package io.sessionevents.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the demo says of sessions that nobody published. */
class SummaryTest {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final SessionKey KEY = new SessionKey("app", "s1");
    private static final DemoPlan PLAN = new DemoPlan(1, Duration.ofSeconds(60), 9.5, 42, FaultLevel.none, 0, true);
    private static final Truth TRUTH = new Truth(
            Map.of(KEY, List.of(new Phase("IDLE", T0), new Phase("TERMINATED", T0.plusSeconds(10)))),
            Set.of(),
            List.of(new Truth.Request(T0.plusSeconds(11), KEY, 200, Fault.NONE, 1, T0.plusSeconds(11))),
            List.of(new Truth.Listing(
                    T0.plusSeconds(10), Operation.LIST_SESSIONS, "app", 200, Fault.NONE, Set.of(), 1)),
            List.of());
    private static final ObservedChange END = new ObservedChange(
            "event",
            KEY,
            1,
            null,
            "TERMINATED",
            "TERMINATED",
            true,
            List.of(),
            T0.plusSeconds(10),
            T0.plusSeconds(11),
            null,
            "DISCOVERED");

    @Test
    void shouldNameHowManyWereDiscoveredAndNeverPublished() throws IOException {
        Summary summary = summary(Map.of(), List.of(END));
        JsonNode json = new ObjectMapper().readTree(summary.json());

        assertThat(summary.kept()).isTrue();
        assertThat(summary.text(false))
                .contains("1 session, 1 of them discovered, never published; 1 event, 1 lookup, ")
                .containsPattern("ok +every session reported +1 session that ended, published by nobody")
                .containsPattern("ok +list budgets never exceeded +1 page of sessions and 0 of applications");
        assertThat(json.path("discovered").asInt()).isEqualTo(1);
        assertThat(json.path("lists").asInt()).isEqualTo(1);
        assertThat(summary(Map.of(KEY, T0), List.of(END)).text(false)).contains("0 of them discovered");
    }

    @Test
    void shouldSayThatAPromiseIsBrokenWhereASessionWasNotFound() {
        Summary summary = summary(Map.of(), List.of());

        assertThat(summary.kept()).isFalse();
        assertThat(summary.text(false)).containsPattern("BROKEN +every session reported");
    }

    @Test
    void shouldSayOkOfNothingThatHadNoSubject() {
        var nothing = new Truth(Map.of(), Set.of(), List.of(), List.of(), List.of());

        assertThat(Summary.of(PLAN, evidence(nothing, Map.of(), List.of())).text(false))
                .doesNotContain(" ok ", "lag", "BROKEN")
                .containsPattern("– +every state seen reported +nothing to judge by");
    }

    private static Summary summary(Map<SessionKey, Instant> published, List<ObservedChange> events) {
        return Summary.of(PLAN, evidence(TRUTH, published, events));
    }

    private static Evidence evidence(Truth truth, Map<SessionKey, Instant> published, List<ObservedChange> events) {
        return new Evidence(
                truth,
                Evidence.Asked.of(published).and(Map.of("app", T0)),
                Told.of(events),
                List.of(),
                T0.plusSeconds(120),
                Evidence.Limits.ofOneInstance(9.5).withLists(0.95, 0.2, PLAN.patience()));
    }
}
