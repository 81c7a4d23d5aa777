package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Origin;
import io.sessionevents.session.Phase;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Settlement;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.Usage;
import io.sessionevents.session.UsageSample;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackedSessionJsonTest {
    private static final SessionKey KEY = new SessionKey("app", "one");

    @Test
    void shouldShowWhatIsKept() {
        var session = new TrackedSession(
                KEY,
                Map.of("team", "blue", "cost", "\"4\""),
                Origin.PUBLISHED,
                NOON,
                null,
                3,
                new TrackedSession.Seen(
                        "IDLE",
                        NOON.plusSeconds(59),
                        NOON.plusSeconds(60),
                        NOON.minusSeconds(5),
                        NOON.plusMillis(59_250),
                        NOON.minusSeconds(1),
                        NOON.plusSeconds(58),
                        15L));

        assertThat(TrackedSessionJson.of(session, new FakeFleet())).hasToString("""
                {"key":"app/one","source":"default","applicationId":"app","sessionId":"one","status":"tracked","state":"IDLE",\
                "rawState":"IDLE","sequence":3,"labels":{"cost":"\\"4\\"","team":"blue"},"origin":"PUBLISHED",\
                "trackedAt":"2026-11-23T12:00:00Z","observedAt":"2026-11-23T12:01:00Z",\
                "createdAt":"2026-11-23T11:59:55Z","updatedAt":"2026-11-23T12:00:59.250Z",\
                "startedAt":"2026-11-23T11:59:59Z","idleSince":"2026-11-23T12:00:58Z","stoppedAt":null,\
                "usage":null,"instance":"here:1"}""");
    }

    @Test
    void shouldShowWhatWasNeverSeen() {
        TrackedSession session =
                new Phase.Tracked(TrackedSession.startTracking(KEY, Map.of(), NOON)).stopped(NOON.plusSeconds(1));

        assertThat(TrackedSessionJson.of(session, new FakeFleet())).hasToString("""
                {"key":"app/one","source":"default","applicationId":"app","sessionId":"one","status":"stopped","state":null,\
                "rawState":null,"sequence":0,"labels":{},"origin":"PUBLISHED","trackedAt":"2026-11-23T12:00:00Z","observedAt":null,\
                "createdAt":null,"updatedAt":null,"startedAt":null,"idleSince":null,\
                "stoppedAt":"2026-11-23T12:00:01Z","usage":null,"instance":"here:1"}""");
    }

    @Test
    void shouldShowWhatWasToldOfTheUsageOfAnEndedSession() {
        TrackedSession session =
                FakeFleet.session("app/one", "TERMINATED").withSettlement(UsageSample.settlement(true));

        assertThat(TrackedSessionJson.of(session, new FakeFleet()).get("usage")).hasToString("""
                {"status":"told","revision":6,"billed":{"vCPUHour":"0.1","memoryGBHour":"1E-7","storageGBHour":"12.000"},\
                "looks":4,"unchangedSince":"2026-11-23T10:00:00.005Z","nextLookAt":"2026-11-23T10:00:00.003Z"}""");
    }

    @Test
    void shouldShowThatNothingWasBilled() {
        TrackedSession session = FakeFleet.session("app/one", "FAILED").withSettlement(UsageSample.settlement(false));

        assertThat(TrackedSessionJson.of(session, new FakeFleet()).get("usage")).hasToString("""
                {"status":"told","revision":6,"billed":null,"looks":4,"unchangedSince":null,"nextLookAt":null}""");
    }

    @ParameterizedTest
    @CsvSource({"0, 2026-11-23T12:30:00Z, settling", "0, , untold", "1, 2026-11-23T12:30:00Z, told", "1, , told"})
    void shouldSayWhetherUsageWasTold(int revision, @Nullable Instant nextLookAt, String status) {
        var settlement = new Settlement(
                NOON,
                NOON,
                NOON,
                NOON,
                nextLookAt,
                1,
                Usage.NONE,
                null,
                revision,
                Usage.NONE,
                Settlement.Silence.NONE,
                null);

        assertThat(SettlementStatus.of(settlement).text()).isEqualTo(status);
    }

    @Test
    void shouldSayThatTheSourceOfASessionIsNotConfigured() {
        var key = new SessionKey("gone", "app", "one");

        assertThat(TrackedSessionJson.of(TrackedSession.startTracking(key, Map.of(), NOON), new FakeFleet())
                        .toString())
                .startsWith("{\"key\":\"gone:app/one\",\"source\":\"gone\",\"applicationId\":\"app\"")
                .contains("\"status\":\"source-not-configured\"");
    }
}
