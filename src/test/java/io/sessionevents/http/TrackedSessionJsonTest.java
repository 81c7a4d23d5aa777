package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Origin;
import io.sessionevents.session.Phase;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                "instance":"here:1"}""");
    }

    @Test
    void shouldShowWhatWasNeverSeen() {
        TrackedSession session =
                new Phase.Tracked(TrackedSession.startTracking(KEY, Map.of(), NOON)).stopped(NOON.plusSeconds(1));

        assertThat(TrackedSessionJson.of(session, new FakeFleet())).hasToString("""
                {"key":"app/one","source":"default","applicationId":"app","sessionId":"one","status":"stopped","state":null,\
                "rawState":null,"sequence":0,"labels":{},"origin":"PUBLISHED","trackedAt":"2026-11-23T12:00:00Z","observedAt":null,\
                "createdAt":null,"updatedAt":null,"startedAt":null,"idleSince":null,\
                "stoppedAt":"2026-11-23T12:00:01Z","instance":"here:1"}""");
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
