package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One instance that keeps application {@code here} and another one, over real HTTP, that keeps {@code there}. */
class FleetTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SILENT = "127.0.0.1:1";

    private final FakeFleet hereKeeps = new FakeFleet().keep(session("here/b", "IDLE"));
    private final FakeFleet thereKeeps =
            new FakeFleet().keep(session("there/a", "BUSY")).keep(session("here/a", "IDLE"));
    private final HttpApi here = FakePorts.api(hereKeeps);
    private final HttpApi there = FakePorts.api(thereKeeps);
    private HttpEndpoint thereListens;

    @BeforeEach
    void start() throws IOException {
        thereListens = HttpEndpoint.start("127.0.0.1", 0, there.router());
        hereKeeps.elsewhere("there", "127.0.0.1:" + thereListens.address().getPort());
    }

    @AfterEach
    void stop() {
        thereListens.close();
        here.close();
        there.close();
    }

    @Test
    void shouldAnswerForItsOwnSession() throws IOException {
        assertThat(json(get("/api/v1/sessions/here/b", null)).path("instance").asText())
                .isEqualTo("here:1");
    }

    @Test
    void shouldFetchTheSessionOfAnother() throws IOException {
        assertThat(json(get("/api/v1/sessions/there/a", null)).path("state").asText())
                .isEqualTo("BUSY");
    }

    @Test
    void shouldPassOnThatAnotherDoesNotKnowTheSession() {
        HttpAnswer answer = get("/api/v1/sessions/there/none", null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("there/none");
    }

    @Test
    void shouldNotPassOnWhatWasPassedOn() {
        HttpAnswer answer = here.router().answer("GET", "/api/v1/sessions/there/a", null, "local");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
    }

    @Test
    void shouldAskToComeBackWhileTheOwnerRestores() {
        thereKeeps.restoring();

        HttpAnswer answer = get("/api/v1/sessions/there/a", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "5");
    }

    @Test
    void shouldAskToComeBackWhenTheOwnerIsAway() {
        hereKeeps.elsewhere("away", SILENT);

        HttpAnswer answer = get("/api/v1/sessions/away/a", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains(SILENT);
    }

    @Test
    void shouldNotAskAnAddressThatIsNone() {
        hereKeeps.elsewhere("odd", "no host:1");

        assertThat(get("/api/v1/sessions/odd/a", null).status()).isEqualTo(503);
    }

    @Test
    void shouldCheckIdentifiersFirst() {
        hereKeeps.restoring();

        HttpAnswer answer = get("/api/v1/sessions/there/UPPER", null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sessionId", "0-9 and a-z");
    }

    /** Clients encode a colon in a part of a path, or do not. */
    @ParameterizedTest
    @CsvSource({
        "eu%3Ahere/a, 200, eu:here/a",
        "eu:here/a, 200, eu:here/a",
        "eu%3Ahere%2Fa/b, 400, sessionId",
        "there%00/a, 400, applicationId",
        "there/%E2%80%AEa, 400, sessionId",
        "there/%ff, 400, sessionId",
        "there/%g0, 400, %g0"
    })
    void shouldDecodeThePath(String path, int status, String part) {
        hereKeeps.keep(session("eu:here/a", "IDLE"));

        HttpAnswer answer = get("/api/v1/sessions/" + path, null);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(part);
    }

    @Test
    void shouldMergeTheSessionsOfAll() throws IOException {
        JsonNode list = json(get("/api/v1/sessions", null));

        assertThat(keys(list)).containsExactly("here/a", "here/b", "there/a");
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("incomplete")).isEmpty();
    }

    @Test
    void shouldPageThroughAll() throws IOException {
        JsonNode first = json(get("/api/v1/sessions", "limit=2"));
        String next = first.path("next").asText();
        JsonNode second = json(get("/api/v1/sessions", next.substring(next.indexOf('?') + 1)));

        assertThat(next).isEqualTo("/api/v1/sessions?limit=2&after=here%2Fb");
        assertThat(keys(first)).containsExactly("here/a", "here/b");
        assertThat(keys(second)).containsExactly("there/a");
        assertThat(second.path("next").isNull()).isTrue();
    }

    /** One in fifty is wanted, and an instance stops after ten that are not: pages are short, but none is missed or repeated. */
    @Test
    void shouldPageThroughWhatIsRare() throws IOException {
        List<String> rare = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "many/s%03d".formatted(i);
            (i % 3 == 0 ? hereKeeps : thereKeeps).keep(session(key, i % 50 == 7 ? "BUSY" : "IDLE"));
            if (i % 50 == 7) {
                rare.add(key);
            }
        }
        rare.add("there/a");
        hereKeeps.reading(10);
        thereKeeps.reading(10);
        List<String> walked = new ArrayList<>();
        String query = "state=BUSY&limit=2";
        int pages = 0;
        while (query != null) {
            JsonNode page = json(get("/api/v1/sessions", query));
            walked.addAll(keys(page));
            String next = page.path("next").textValue();
            query = next == null ? null : next.substring(next.indexOf('?') + 1);
            pages++;
        }

        assertThat(walked).isEqualTo(rare);
        assertThat(pages).isLessThanOrEqualTo(203 / 10 + 1 + rare.size());
    }

    @Test
    void shouldFilterEverywhere() throws IOException {
        assertThat(keys(json(get("/api/v1/sessions", "state=IDLE")))).containsExactly("here/a", "here/b");
        assertThat(keys(json(get("/api/v1/sessions", "applicationId=there")))).containsExactly("there/a");
    }

    @Test
    void shouldListItsOwnAlone() throws IOException {
        JsonNode list = json(get("/api/v1/sessions", "scope=local"));

        assertThat(keys(list)).containsExactly("here/b");
        assertThat(list.has("incomplete")).isFalse();
    }

    @Test
    void shouldNameWhoDoesNotAnswer() throws IOException {
        hereKeeps.elsewhere("away", SILENT).without(3);

        JsonNode list = json(get("/api/v1/sessions", null));

        assertThat(keys(list)).hasSize(3);
        assertThat(list.path("incomplete")).hasToString("[\"" + SILENT + "\"]");
        assertThat(list.path("unassignedPartitions")).hasToString("[3]");
    }

    /** It accepts and says nothing. */
    @Test
    void shouldNotWaitLongForAnother() throws IOException {
        try (var mute = new ServerSocket(0)) {
            String address = "127.0.0.1:" + mute.getLocalPort();
            hereKeeps.elsewhere("mute", address);

            assertThat(json(get("/api/v1/sessions", null)).path("incomplete")).hasToString("[\"" + address + "\"]");
        }
    }

    @Test
    void shouldNameItselfWhileItRestores() throws IOException {
        hereKeeps.restoring();

        JsonNode list = json(get("/api/v1/sessions", null));

        assertThat(keys(list)).containsExactly("here/a", "there/a");
        assertThat(list.path("incomplete")).hasToString("[\"here:1\"]");
    }

    private HttpAnswer get(String path, @Nullable String query) {
        return here.router().answer("GET", path, query, null);
    }

    private static JsonNode json(HttpAnswer answer) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> keys(JsonNode list) {
        return StreamSupport.stream(list.path("sessions").spliterator(), false)
                .map(kept -> kept.path("key").asText())
                .toList();
    }
}
