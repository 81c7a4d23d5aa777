package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static io.sessionevents.http.FakeFleet.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.HistorySample;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SweptApplications;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeFleet fleet = new FakeFleet().keep(session("app/one", "IDLE"));
    private final AtomicReference<SessionHistory> found = new AtomicReference<>(HistorySample.of("app/one"));
    private final List<@Nullable Instant> since = new ArrayList<>();
    private SessionHistories histories = (key, from) -> {
        since.add(from);
        return found.get();
    };
    private final HttpApi api = FakePorts.api(fleet, SweptApplications.NONE, (key, from) -> histories.of(key, from));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void shouldTellTheWholeHistory() throws IOException {
        JsonNode history = JSON.readTree(get("/api/v1/sessions/app/one/history").body());

        assertThat(history.path("key").asText()).isEqualTo("app/one");
        assertThat(history.at("/identity/createdBy").asText()).isEqualTo("arn:user");
        assertThat(history.path("whole").asBoolean()).isTrue();
        assertThat(history.path("entries").findValuesAsText("kind"))
                .containsExactly("change", "usage", "alert", "unreadable");
        JsonNode change = history.at("/entries/0");
        assertThat(change.path("sequence").asLong()).isEqualTo(1);
        assertThat(change.path("previousObservedAt").isNull()).isTrue();
        assertThat(change.path("state").asText()).isEqualTo("IDLE");
        assertThat(change.path("offset").asLong()).isEqualTo(7);
        JsonNode usage = history.at("/entries/1");
        assertThat(usage.at("/billed/memoryGBHour").asText()).isEqualTo("1E-7");
        assertThat(usage.at("/billedDelta/storageGBHour").isNull()).isTrue();
        assertThat(history.at("/entries/2/alertKind").asText()).isEqualTo("IDLE");
        assertThat(history.at("/entries/2/measured").asDouble()).isEqualTo(7200);
        assertThat(history.at("/entries/3/reason").asText()).isEqualTo("why");
    }

    /** Read from an hour before AWS created it, and from the beginning if nobody knows when that was. */
    @Test
    void shouldReadFromBeforeTheSessionWasCreated() {
        get("/api/v1/sessions/app/one/history");
        fleet.restoring();
        get("/api/v1/sessions/app/one/history");

        assertThat(since).containsExactly(NOON.minus(Duration.ofHours(1)), null);
    }

    @Test
    void shouldNotKnowASessionOfWhichNothingIsThere() {
        found.set(new SessionHistory(SessionKey.parse("app/two"), List.of(), 0, 0, 9));

        HttpAnswer answer = get("/api/v1/sessions/app/two/history");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .contains(
                        "Nothing is known of the session app/two: it was never published, or its events are deleted by now.");
    }

    @Test
    void shouldNotDenyASessionThatNobodyCanBeAskedFor() {
        found.set(new SessionHistory(SessionKey.parse("app/two"), List.of(), 0, 0, 9));
        fleet.restoring();

        assertThat(get("/api/v1/sessions/app/two/history").status()).isEqualTo(503);
    }

    @Test
    void shouldKnowASessionWithoutAnyChange() {
        found.set(new SessionHistory(SessionKey.parse("app/one"), List.of(), 0, 0, 9));

        assertThat(get("/api/v1/sessions/app/one/history").status()).isEqualTo(200);
    }

    /** Nothing was found in time: it may be there all the same. */
    @Test
    void shouldNotDenyASessionThatWasNotReadToTheEnd() throws IOException {
        found.set(new SessionHistory(SessionKey.parse("app/two"), List.of(), 0, 123, 9));

        HttpAnswer answer = get("/api/v1/sessions/app/two/history");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("whole").asBoolean()).isFalse();
        assertThat(JSON.readTree(answer.body()).path("unread").asLong()).isEqualTo(123);
    }

    @Test
    void shouldSayWhyThereAreNone() {
        histories = (key, from) -> {
            throw new UnavailableException("This instance may not read them.", Duration.ofMinutes(1));
        };

        HttpAnswer answer = get("/api/v1/sessions/app/one/history");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "60");
        assertThat(answer.body()).contains("This instance may not read them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/UPPER", "app/%2e%2e", "Nowhere:app/one"})
    void shouldCheckIdentifiersFirst(String key) {
        assertThat(get("/api/v1/sessions/" + key + "/history").status()).isEqualTo(400);
        assertThat(since).isEmpty();
    }

    @Test
    void shouldTakeNoOtherParameter() {
        assertThat(api.router()
                        .answer("GET", "/api/v1/sessions/app/one/history", "max=3", null)
                        .status())
                .isEqualTo(400);
        assertThat(api.router()
                        .answer("GET", "/api/v1/sessions/app/one/history", "scope=local", null)
                        .status())
                .isEqualTo(200);
    }

    private HttpAnswer get(String path) {
        return api.router().answer("GET", path, null, null);
    }
}
