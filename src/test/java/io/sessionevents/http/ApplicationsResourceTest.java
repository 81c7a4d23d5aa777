package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static io.sessionevents.http.FakeSweeps.swept;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.SweptApplications;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One instance that sweeps the source {@code eu} and another one, over real HTTP, that sweeps the default source. */
class ApplicationsResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SILENT = "127.0.0.1:1";

    private final FakeFleet fleet = new FakeFleet();
    private final HttpApi there =
            FakePorts.api(new FakeFleet(), FakeSweeps.of(swept("b", NOON), swept("a", null), swept("eu:old", NOON)));
    private HttpEndpoint thereListens;

    @BeforeEach
    void start() throws IOException {
        thereListens = HttpEndpoint.start("127.0.0.1", 0, there.router());
        fleet.elsewhere("x", "127.0.0.1:" + thereListens.address().getPort());
    }

    @AfterEach
    void stop() {
        thereListens.close();
        there.close();
    }

    @Test
    void shouldShowWhatItSweeps() throws IOException {
        var application = new SweepStatus.Application(
                ApplicationKey.parse("eu:app"),
                SweepReason.DISCOVERED,
                NOON,
                NOON,
                7,
                NOON.plusSeconds(5),
                null,
                "odd");
        SweptApplications own = () -> Map.of("eu", new SweepStatus(0.95, 0.5, "refused", null, List.of(application)));

        assertThat(get(own, "scope=local")).hasToString("""
                {"sources":[{"source":"eu","instance":"here:1","budgetCallsPerSecond":0.95,"rateCallsPerSecond":0.5,\
                "trouble":"refused","applications":[{"key":"eu:app","applicationId":"app","reason":"DISCOVERED",\
                "since":"2026-11-23T12:00:00Z","living":7,"sweptAt":"2026-11-23T12:00:05Z","completeAt":null,\
                "trouble":"odd"}]}]}""");
    }

    /** While a source moves two may have it. */
    @Test
    void shouldMergeTheSweepsOfAllAndTakeTheLaterOnes() throws IOException {
        JsonNode list = get(FakeSweeps.of(swept("eu:new", NOON.plusSeconds(1))), null);

        assertThat(keys(list)).containsExactly("a", "b", "eu:new");
        assertThat(list.path("incomplete")).isEmpty();
        assertThat(keys(get(FakeSweeps.of(swept("eu:new", null)), null))).containsExactly("a", "b", "eu:old");
    }

    @Test
    void shouldFilterEverywhere() throws IOException {
        SweptApplications own = FakeSweeps.of(swept("eu:app", NOON.plusSeconds(1)));

        assertThat(keys(get(own, "source=default"))).containsExactly("a", "b");
        assertThat(keys(get(own, "source=eu"))).containsExactly("eu:app");
        assertThat(keys(get(own, "source=none"))).isEmpty();
    }

    @Test
    void shouldNameWhoDoesNotAnswer() throws IOException {
        fleet.elsewhere("away", SILENT);

        JsonNode list = get(
                () -> {
                    throw new UnavailableException("restoring", Duration.ofSeconds(5));
                },
                null);

        assertThat(keys(list)).containsExactly("a", "b", "eu:old");
        assertThat(list.path("incomplete")).hasToString("[\"here:1\",\"" + SILENT + "\"]");
    }

    @Test
    void shouldSayWhatIsWrongWithTheQuery() {
        try (HttpApi here = FakePorts.api(fleet)) {
            assertThat(here.router()
                            .answer("GET", "/api/v1/applications", "source=A", null)
                            .status())
                    .isEqualTo(400);
            assertThat(here.router()
                            .answer("GET", "/api/v1/applications", "limit=1", null)
                            .status())
                    .isEqualTo(400);
        }
    }

    private JsonNode get(SweptApplications own, @Nullable String query) throws IOException {
        try (HttpApi here = FakePorts.api(fleet, own)) {
            HttpAnswer answer = here.router().answer("GET", "/api/v1/applications", query, null);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }
    }

    private static List<String> keys(JsonNode list) {
        return StreamSupport.stream(list.path("sources").spliterator(), false)
                .flatMap(source ->
                        StreamSupport.stream(source.path("applications").spliterator(), false))
                .map(application -> application.path("key").asText())
                .toList();
    }
}
