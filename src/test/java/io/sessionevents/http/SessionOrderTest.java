package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionOrderTest {
    private static final List<String> STATES = List.of("BUSY", "IDLE", "STARTING", "TERMINATED", "SNOOZING");

    @ParameterizedTest
    @CsvSource({
        "key,        a/1 a/2 a/3 b/1",
        "-key,       b/1 a/3 a/2 a/1",
        "updatedAt,  a/2 a/1 b/1 a/3",
        "-updatedAt, b/1 a/1 a/2 a/3"
    })
    void shouldSort(String sort, String sorted) {
        List<TrackedSession> sessions = List.of(
                session("a/1", "IDLE", NOON.plusMillis(250)),
                session("a/2", "BUSY", NOON),
                session("b/1", "BUSY", NOON.plusMillis(250)),
                TrackedSession.startTracking(SessionKey.parse("a/3"), Map.of(), NOON));
        SessionOrder order = SessionOrder.parse(sort);

        assertThat(sessions.stream()
                        .map(order::of)
                        .sorted(order.places())
                        .map(place -> place.key().toString()))
                .containsExactly(sorted.split(" "));
    }

    /** What one instance sorts by what it keeps, another merges by what it is sent. */
    @ParameterizedTest
    @MethodSource("names")
    void shouldFindTheSamePlaceInTheJson(String sort) {
        SessionOrder order = SessionOrder.parse(sort);

        for (TrackedSession session : sessions()) {
            Place place = order.of(session);
            assertThat(order.of(TrackedSessionJson.of(session, new FakeFleet())))
                    .isEqualTo(place);
            assertThat(Place.parse(place.toString())).isEqualTo(place);
        }
    }

    @Test
    void shouldTakeATimeThatIsNoneForUnknown() {
        var json = TrackedSessionJson.of(session("a/1", "IDLE", NOON), new FakeFleet())
                .put("updatedAt", "yesterday");

        assertThat(SessionOrder.parse("updatedAt").of(json).value()).isNull();
    }

    static List<String> names() {
        return SessionOrder.names().toList();
    }

    /** Many with the same times and states, some never seen. */
    static List<TrackedSession> sessions() {
        var random = new Random(7);
        List<TrackedSession> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant at = NOON.plusMillis(250L * random.nextInt(5));
            String key = (i % 3 == 0 ? "eu:" : "") + "a/s" + random.nextInt(1_000) + i;
            sessions.add(
                    i % 6 == 5
                            ? TrackedSession.startTracking(SessionKey.parse(key), Map.of(), NOON)
                            : session(key, STATES.get(random.nextInt(STATES.size())), at));
        }
        return sessions;
    }

    private static TrackedSession session(String key, String state, Instant updatedAt) {
        return new TrackedSession(
                SessionKey.parse(key),
                Map.of(),
                Origin.PUBLISHED,
                NOON,
                null,
                1,
                new TrackedSession.Seen(
                        state, NOON, NOON.plusSeconds(9), updatedAt.minusSeconds(60), updatedAt, null, null, null));
    }
}
