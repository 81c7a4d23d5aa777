package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.Origin;
import io.sessionevents.session.TrackedSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPageTest {
    private static final List<TrackedSession> SHUFFLED = shuffled();

    @Test
    void shouldGatherTheFirstInOrder() {
        SessionPage page = gathered("limit=3", SHUFFLED);

        assertThat(keys(page)).containsExactly("a/s00", "a/s01", "a/s02");
        assertThat(page.readTo()).hasToString("a/s02");
    }

    @Test
    void shouldWalkThroughAllPagesOnce() {
        List<String> walked = new ArrayList<>();
        SessionPage page = gathered("limit=7", SHUFFLED);
        walked.addAll(keys(page));
        while (page.readTo() != null) {
            page = gathered("limit=7&after=" + page.readTo(), SHUFFLED);
            walked.addAll(keys(page));
        }

        assertThat(walked)
                .isEqualTo(SHUFFLED.stream()
                        .map(kept -> kept.key().toString())
                        .sorted()
                        .toList());
    }

    @Test
    void shouldNotPromiseMoreAtTheLimit() {
        assertThat(gathered("limit=30", SHUFFLED).readTo()).isNull();
        assertThat(gathered("limit=29", SHUFFLED).readTo()).hasToString("a/s28");
    }

    @Test
    void shouldMergePagesOfSeveralInstances() {
        SessionPage merged = SessionPage.merged(
                List.of(
                        gathered("limit=3", SHUFFLED.subList(0, 15)),
                        gathered("limit=3", SHUFFLED.subList(15, 30)),
                        SessionPage.EMPTY),
                SessionOrder.USUAL,
                3);

        assertThat(merged).isEqualTo(gathered("limit=3", SHUFFLED));
    }

    /** An instance that has looked through what it may of its sessions has some that belong before those of the other. */
    @Test
    void shouldMergeNoFurtherThanAllHaveRead() {
        SessionPage merged = SessionPage.merged(
                List.of(
                        new SessionPage(jsons("a/s01", "a/s02"), Place.parse("a/s05")),
                        new SessionPage(jsons("a/s03", "a/s06"), Place.parse("a/s06")),
                        new SessionPage(jsons("a/s04", "a/s09"), null)),
                SessionOrder.USUAL,
                10);

        assertThat(keys(merged)).containsExactly("a/s01", "a/s02", "a/s03", "a/s04");
        assertThat(merged.readTo()).hasToString("a/s05");
    }

    @Test
    void shouldMergeToAnEmptyPageWhereNoneIsWantedSoFar() {
        SessionPage merged =
                SessionPage.merged(List.of(new SessionPage(List.of(), Place.parse("a/s05"))), SessionOrder.USUAL, 10);

        assertThat(merged.sessions()).isEmpty();
        assertThat(merged.readTo()).hasToString("a/s05");
    }

    @Test
    void shouldTakeTheLaterOfTwoWhileASessionMoves() {
        TrackedSession former = session("a/moved", "IDLE");
        var later = new TrackedSession(
                former.key(),
                former.labels(),
                Origin.PUBLISHED,
                former.trackedAt(),
                null,
                2,
                session("a/moved", "BUSY").seen());

        SessionPage merged = SessionPage.merged(
                List.of(gathered("", List.of(later)), gathered("", List.of(former))), SessionOrder.USUAL, 10);

        assertThat(merged.sessions())
                .singleElement()
                .satisfies(kept -> assertThat(kept.path("state").asText()).isEqualTo("BUSY"));
    }

    /** With as many labels as a publisher may give. */
    @Test
    void shouldBeNoLargerThanAnAnswerMayBe() {
        List<ObjectNode> large = IntStream.range(0, 100)
                .mapToObj(i -> JsonNodeFactory.instance
                        .objectNode()
                        .put("key", "a/s%02d".formatted(i))
                        .put("labels", "ä".repeat(64 * 1024)))
                .toList();

        SessionPage page = new SessionPage(large, null).fitting(SessionOrder.USUAL);

        assertThat(page.sessions()).hasSize(31).isEqualTo(large.subList(0, 31));
        assertThat(page.readTo()).hasToString("a/s30");
        assertThat(new SessionPage(large.subList(31, 40), null).fitting(SessionOrder.USUAL))
                .isEqualTo(new SessionPage(large.subList(31, 40), null));
    }

    @Test
    void shouldReadOnlySessionsFromOthers() throws IOException {
        var body = new ObjectMapper()
                .readTree("{\"sessions\":[{\"key\":\"a/b\"},{\"key\":\"../x\"},{},7],\"next\":\"/somewhere\"}");

        SessionPage page = SessionPage.read(body, SessionOrder.USUAL);

        assertThat(keys(page)).containsExactly("a/b");
        assertThat(page.readTo()).hasToString("a/b");
    }

    @Test
    void shouldReadHowFarOthersHaveRead() throws IOException {
        var body = new ObjectMapper()
                .readTree("{\"sessions\":[{\"key\":\"a/b\"}],\"next\":\"/api?limit=2&after=eu%3Ax%2Fy&scope=local\"}");

        assertThat(SessionPage.read(body, SessionOrder.USUAL).readTo()).hasToString("eu:x/y");
    }

    /** In the order of the stores, which begin to read behind the last key of the page before. */
    @Test
    void shouldWalkThroughSessionsOfSeveralSources() {
        List<TrackedSession> sessions = Stream.of("b:a/s", "a/s", "b-c:a/s", "ba/s", "b0:a/s", "z:z/z", "zz/z", "0:a/s")
                .map(key -> session(key, "IDLE"))
                .toList();
        List<String> walked = new ArrayList<>();
        SessionPage page = gathered("limit=3", sessions);
        walked.addAll(keys(page));
        while (page.readTo() != null) {
            page = gathered("limit=3&after=" + page.readTo(), sessions);
            walked.addAll(keys(page));
        }

        assertThat(walked)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        sessions.stream().map(kept -> kept.key().toString()).toList());
        assertThat(keys(gathered("source=b", sessions))).containsExactly("b:a/s");
        assertThat(keys(gathered("status=source-not-configured", sessions))).hasSize(5);
    }

    /** Each of two instances has a half, and sends its pages as JSON; no page may lose a session or show it twice. */
    @ParameterizedTest
    @ValueSource(strings = {"key", "-key", "state", "-state", "updatedAt", "-updatedAt", "createdAt", "-createdAt"})
    void shouldWalkThroughSessionsInAnyOrder(String sort) {
        List<TrackedSession> sessions = SessionOrderTest.sessions();
        List<String> walked = new ArrayList<>();
        var selection = SessionSelection.of(Query.parse("limit=3&sort=" + sort));
        while (selection != null) {
            SessionPage page = SessionPage.merged(
                    List.of(
                            gathered(selection.query(), sessions.subList(0, 7)),
                            gathered(selection.query(), sessions.subList(7, sessions.size()))),
                    selection.order(),
                    selection.limit());
            walked.addAll(keys(page));
            Place readTo = page.readTo();
            selection = readTo == null ? null : selection.behind(readTo);
        }

        assertThat(walked).isEqualTo(keys(gathered("limit=500&sort=" + sort, sessions)));
        assertThat(walked).hasSameSizeAs(sessions);
    }

    private static SessionPage gathered(String query, List<TrackedSession> sessions) {
        var fleet = new FakeFleet();
        sessions.forEach(fleet::keep);
        return SessionPage.own(fleet, SessionSelection.of(Query.parse(query)));
    }

    private static List<ObjectNode> jsons(String... keys) {
        return Stream.of(keys)
                .map(key -> TrackedSessionJson.of(session(key, "IDLE"), new FakeFleet()))
                .toList();
    }

    private static List<String> keys(SessionPage page) {
        return page.sessions().stream().map(kept -> kept.path("key").asText()).toList();
    }

    private static List<TrackedSession> shuffled() {
        List<TrackedSession> sessions = new ArrayList<>(IntStream.range(0, 30)
                .mapToObj(i -> session("a/s%02d".formatted(i), "IDLE"))
                .toList());
        Collections.shuffle(sessions, new Random(11));
        return List.copyOf(sessions);
    }
}
