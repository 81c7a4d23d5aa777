package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static io.sessionevents.http.FakeFleet.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.session.Phase;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionSelectionTest {
    private static final Map<String, TrackedSession> SESSIONS = Map.of(
            "idle", session("a/idle", "IDLE"),
            "busy", session("a/busy", "BUSY"),
            "strange", session("b/strange", "READY"),
            "failed", session("b/failed", "FAILED"),
            "stopped", new Phase.Tracked(session("b/stopped", "IDLE")).stopped(NOON),
            "new", TrackedSession.startTracking(new SessionKey("b", "new"), Map.of(), NOON));

    @ParameterizedTest
    @CsvSource({
        "limit=100,              busy failed idle new stopped strange",
        "applicationId=a,        busy idle",
        "state=IDLE,             idle stopped",
        "state=IDLE&state=BUSY,  busy idle stopped",
        "state=UNKNOWN,          strange",
        "status=tracked,        busy idle new strange",
        "status=ended,           failed",
        "status=stopped,         stopped",
        "source=default&applicationId=a, busy idle",
        "source=eu,              ''",
        "after=a/busy,           failed idle new stopped strange",
        "after=b/failed&status=tracked, new strange",
        "applicationId=a&state=FAILED, ''"
    })
    void shouldTakeWhatIsAskedFor(String query, String taken) {
        var selection = SessionSelection.of(Query.parse(query));

        assertThat(SESSIONS.entrySet().stream()
                        .filter(session -> selection.takes(session.getValue(), new FakeFleet()))
                        .map(Map.Entry::getKey)
                        .sorted())
                .containsExactlyElementsOf(taken.isEmpty() ? List.of() : List.of(taken.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "state=SLEEPING; The state is \"SLEEPING\", expected one of SUBMITTED, STARTING, STARTED, IDLE, BUSY, TERMINATING, FAILED, TERMINATED, UNKNOWN.",
                "state=idle; The state is \"idle\"",
                "status=gone; The status is \"gone\", expected tracked, source-not-configured, ended, stopped.",
                "limit=0; The limit is \"0\", expected a number from 1 to 500.",
                "limit=501; expected a number from 1 to 500",
                "limit=many; expected a number from 1 to 500",
                "limit=1&limit=2; The parameter limit occurs 2 times, expected one.",
                "after=x; not a session: \"x\"",
                "applicationId=A; applicationId \"A\" is no identifier",
                "order=key; Unknown parameter \"order\", expected one of source, applicationId, state, status, sort, limit, after, scope.",
                "sort=age; The sort is \"age\", expected one of key, -key, state, -state, updatedAt, -updatedAt, createdAt, -createdAt.",
                "sort=--key; The sort is \"--key\""
            })
    void shouldRefuseWhatItDoesNotUnderstand(String query, String message) {
        assertThatThrownBy(() -> SessionSelection.of(Query.parse(query)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=7",
        "applicationId=a&state=IDLE&state=BUSY&status=tracked&limit=3&after=a%2Fb",
        "sort=-updatedAt&limit=3&after=1795435200000~eu:a/b"
    })
    void shouldBecomeAQueryAgain(String query) {
        var selection = SessionSelection.of(Query.parse(query));

        assertThat(SessionSelection.of(Query.parse(selection.query()))).isEqualTo(selection);
    }
}
