package io.sessionevents.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;

/** Lists as AWS gives them, and in all ways in which they can be wrong. */
class ListsTest {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/emr-serverless/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
    private static final String APPLICATION = "00g92n5o091bas09";
    private static final int SESSIONS = 120;

    private final SessionFactory factory = new SessionFactory(new Random(1), 1);
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Instant now = T0.plusSeconds(1_000);
    private final SimulatedEmrServerless emr = start();

    private SimulatedEmrServerless start() {
        try {
            return SimulatedEmrServerless.start(() -> now, SimulatedEmrServerless.Options.UNLIMITED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every third is busy, every third idle, and every third has ended. */
    @BeforeEach
    void addSessions() {
        for (int i = 0; i < SESSIONS; i++) {
            SimulatedSession session = factory.full(factory.key(APPLICATION)).then("SUBMITTED", T0.plusSeconds(i));
            emr.add(session.then(List.of("BUSY", "IDLE", "TERMINATED").get(i % 3), T0.plusSeconds(500 + i)));
        }
    }

    @AfterEach
    void stop() {
        emr.close();
        http.close();
    }

    @Test
    void shouldGiveTheSdkEverySessionOnceInPages() {
        try (EmrServerlessClient client = client()) {
            List<SessionSummary> all =
                    client.listSessionsPaginator(request -> request.applicationId(APPLICATION)).sessions().stream()
                            .toList();

            assertThat(all).hasSize(SESSIONS);
            assertThat(all).extracting(SessionSummary::sessionId).doesNotHaveDuplicates();
            assertThat(all.getFirst()).satisfies(session -> {
                assertThat(session.applicationId()).isEqualTo(APPLICATION);
                assertThat(session.arn()).endsWith("/sessions/" + session.sessionId());
                assertThat(session.createdAt()).isEqualTo(T0);
                assertThat(session.updatedAt()).isEqualTo(T0.plusSeconds(500));
                assertThat(session.stateAsString()).isEqualTo("BUSY");
                assertThat(session.name()).startsWith("notebook-");
                assertThat(Stream.of(
                                session.stateDetails(),
                                session.releaseLabel(),
                                session.executionRoleArn(),
                                session.createdBy()))
                        .doesNotContainNull();
            });
        }
        assertThat(emr.truth().listings()).extracting(Truth.Listing::items).containsExactly(50, 50, 20);
        assertThat(emr.truth().listings()).allSatisfy(listing -> {
            assertThat(listing.operation()).isEqualTo(Operation.LIST_SESSIONS);
            assertThat(listing.applicationId()).isEqualTo(APPLICATION);
        });
        assertThat(emr.truth().requests()).as("of GetSession").isEmpty();
    }

    @Test
    void shouldFilterByStateAndCreationAndGroupByState() {
        try (EmrServerlessClient client = client()) {
            List<SessionSummary> some = client
                    .listSessionsPaginator(request -> request.applicationId(APPLICATION)
                            .statesWithStrings("IDLE", "BUSY")
                            .maxResults(10)
                            .createdAtAfter(T0.plusSeconds(30))
                            .createdAtBefore(T0.plusSeconds(59)))
                    .sessions()
                    .stream()
                    .toList();

            assertThat(some)
                    .extracting(SessionSummary::stateAsString)
                    .containsExactlyElementsOf(Stream.concat(
                                    Stream.generate(() -> "IDLE").limit(10),
                                    Stream.generate(() -> "BUSY").limit(10))
                            .toList());
        }
    }

    /** Grouped by state, so whatever changes meanwhile hops over the page that is read. */
    @Test
    void shouldLetSessionsHopBetweenPages() throws Exception {
        String query = "?maxResults=40&states=IDLE&states=BUSY";
        JsonNode first = list(query);
        String busy =
                list("?states=BUSY").path("sessions").path(0).path("sessionId").asText();
        emr.become(new SessionKey(APPLICATION, busy), "IDLE");
        String idle = first.path("sessions").path(0).path("sessionId").asText();
        emr.become(new SessionKey(APPLICATION, idle), "BUSY");
        now = now.plusSeconds(1);
        List<String> second =
                ids(list(query + "&nextToken=" + first.path("nextToken").asText()));

        assertThat(second).as("twice").contains(idle).as("on none").doesNotContain(busy);
    }

    @ParameterizedTest
    @CsvSource({
        "maxResults=0, greater than or equal to 1",
        "maxResults=51, less than or equal to 50",
        "maxResults=many, Member must be an integer",
        "states=LIVING, Member must satisfy enum value set",
        "createdAtAfter=yesterday, Member must be a timestamp",
        "nextToken=guessed, Invalid nextToken"
    })
    void shouldRejectWhatAwsRejects(String query, String expected) throws Exception {
        HttpResponse<String> answer = get("/applications/" + APPLICATION + "/sessions?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType").orElse("")).startsWith("ValidationException");
        assertThat(answer.body()).contains(expected);
    }

    @Test
    void shouldKnowItsApplicationsOnly() throws Exception {
        HttpResponse<String> unknown = get("/applications/00other/sessions");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("x-amzn-ErrorType").orElse("")).startsWith("ResourceNotFoundException");
        emr.lists().add("00other");
        assertThat(get("/applications/00other/sessions").body()).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    void shouldListApplicationsInPages() throws Exception {
        for (int i = 0; i < 4; i++) {
            emr.lists().add("00application" + i);
        }
        JsonNode first = json(get("/applications?maxResults=3"));
        JsonNode second = json(get("/applications?maxResults=3&nextToken="
                + first.path("nextToken").asText()));

        assertThat(first.path("applications").size()).isEqualTo(3);
        assertThat(second.path("applications").size()).isEqualTo(2);
        assertThat(second.has("nextToken")).isFalse();
        assertThat(first.path("applications").path(0).propertyStream())
                .extracting(member -> member.getKey())
                .contains("id", "name", "arn", "releaseLabel", "type", "state", "createdAt", "updatedAt");
        assertThat(emr.truth().moments(Operation.LIST_APPLICATIONS)).hasSize(2);
        assertThat(emr.truth().mostRequestsInAnySecond(Operation.LIST_APPLICATIONS))
                .isEqualTo(2);
        assertThat(emr.truth().mostRequestsInAnySecond()).isZero();
    }

    @Test
    void shouldThrottleEachListByItself() throws Exception {
        emr.lists().limit(Operation.LIST_SESSIONS, 1, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(get("/applications/" + APPLICATION + "/sessions").statusCode());
        }

        assertThat(statuses)
                .startsWith(200)
                .allMatch(status -> Set.of(200, 400, 429).contains(status));
        assertThat(emr.truth().listings())
                .extracting(Truth.Listing::fault)
                .containsExactly(Fault.NONE, Fault.THROTTLED, Fault.THROTTLED);
        assertThat(get("/applications").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAListUntilItIsPermitted() {
        emr.lists().deny(Operation.LIST_SESSIONS);
        try (EmrServerlessClient client = client()) {
            assertThatThrownBy(() -> client.listSessions(request -> request.applicationId(APPLICATION)))
                    .isInstanceOf(EmrServerlessException.class)
                    .hasMessageContaining("is not authorized to perform: emr-serverless:ListSessions");
            emr.lists().permit(Operation.LIST_SESSIONS);
            assertThat(client.listSessions(request -> request.applicationId(APPLICATION))
                            .sessions())
                    .hasSize(50);
        }
    }

    /** What goes wrong with everything goes wrong with lists; what is wrong with one session is not. */
    @Test
    void shouldFailWithEverythingElse() throws Exception {
        emr.behave(Faults.always(Fault.EXPIRED_CREDENTIALS));
        assertThat(get("/applications").statusCode()).isEqualTo(403);
        emr.behave(Faults.always(Fault.STALE));
        assertThat(get("/applications").statusCode()).isEqualTo(200);

        assertThat(emr.truth().listings())
                .extracting(Truth.Listing::fault)
                .containsExactly(Fault.EXPIRED_CREDENTIALS, Fault.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellEveryLieAndCountIt(Lie lie) throws Exception {
        lookAtSome();
        emr.lists().lie(Lies.always(lie));
        List<JsonNode> told = pages();
        emr.lists().lie(Lies.NONE);
        List<JsonNode> right = pages();

        assertThat(told.equals(right)).isFalse();
        assertThat(emr.truth().told(lie)).isPositive();
        assertThat(emr.truth().listings())
                .allSatisfy(listing -> assertThat(listing.lies()).isSubsetOf(lie));
    }

    @Test
    void shouldTellAnOlderSummaryThanWhatWasLookedAt() throws Exception {
        String looked = lookAtSome();
        emr.lists().lie(Lies.always(Lie.OLD_SUMMARY));
        JsonNode old = everything().stream()
                .filter(session -> session.path("sessionId").asText().equals(looked))
                .findFirst()
                .orElseThrow();

        assertThat(old.path("state").asText()).isEqualTo("SUBMITTED");
        assertThat(old.path("updatedAt")).isEqualTo(old.path("createdAt"));
    }

    @Test
    void shouldDrawTheSameLiesBySeed() {
        Lies one = Lies.drawn(new Random(7), 0.3, List.of(Lie.values()));
        Lies other = Lies.drawn(new Random(7), 0.3, List.of(Lie.values()));
        Set<Set<Lie>> drawn = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Set<Lie> next = one.next();
            assertThat(next).isEqualTo(other.next());
            drawn.add(next);
        }
        assertThat(drawn.size()).isGreaterThan(10);
    }

    /** Its id. */
    private String lookAtSome() throws Exception {
        String id = list("").path("sessions").path(0).path("sessionId").asText();
        get("/applications/" + APPLICATION + "/sessions/" + id);
        return id;
    }

    private List<JsonNode> everything() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        pages().forEach(page -> page.path("sessions").forEach(all::add));
        return all;
    }

    /** All pages, as far as they can be had. */
    private List<JsonNode> pages() throws Exception {
        List<JsonNode> pages = new ArrayList<>();
        @Nullable String token = "";
        do {
            JsonNode page = list(token);
            pages.add(page);
            token = page.has("nextToken")
                    ? "?nextToken=" + page.path("nextToken").asText()
                    : null;
        } while (token != null);
        return pages;
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("sessions")
                .forEach(session -> ids.add(session.path("sessionId").asText()));
        return ids;
    }

    private JsonNode list(String query) throws Exception {
        return json(get("/applications/" + APPLICATION + "/sessions" + query));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return answer.statusCode() == 200
                ? new ObjectMapper().readTree(answer.body())
                : new ObjectMapper().createObjectNode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(emr.url().resolve(path))
                        .header("Authorization", SIGNATURE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private EmrServerlessClient client() {
        return SimulatedAws.emrClient(emr.url(), "us-east-1", () -> AwsBasicCredentials.create("AKIA", "secret"));
    }
}
