package io.sessionevents.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listing is next. */
class SweepAgendaTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration COMPLETE = Duration.ofMinutes(10);
    private static final Duration REFUSED = Duration.ofMinutes(15);

    private final SweepAgenda agenda = new SweepAgenda(Discovery.NONE, COMPLETE, REFUSED);
    private Instant now = NOON;

    @Test
    void shouldListATrackedApplicationBothWays() {
        agenda.keep(published("app"), now);

        assertThat(List.of(next(), next())).extracting(ListingQuery::living).containsExactlyInAnyOrder(true, false);
    }

    /** Nothing else would tell of one whose listing never comes to its end. */
    @Test
    void shouldCountFromWhenItIsHeldWhatWasNeverSwept() {
        agenda.keep(published("app"), now);
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(60);
            ListingQuery asked = requireNonNull(agenda.next(now));
            agenda.take(asked, null, now);
        }

        assertThat(status().oldest(now)).isEqualTo(Duration.ofMinutes(10));
    }

    private SweepStatus status() {
        return new SweepStatus(1, 1, null, null, agenda.status(now));
    }

    @Test
    void shouldAskForOnePageOfAnApplicationAtATime() {
        agenda.keep(published("app"), now);

        assertThat(agenda.next(now)).isNotNull();
        assertThat(agenda.next(now)).isNull();
    }

    @Test
    void shouldGoOnWithAListingThatHasBegun() {
        agenda.keep(published("one"), now);
        agenda.keep(published("two"), now);
        ListingQuery first = requireNonNull(agenda.next(now));

        agenda.take(first, new Listing.Page(List.of(), 0, "more"), now);

        assertThat(agenda.next(now)).isEqualTo(first.next("more"));
    }

    /** A session that is merely tracked says nothing about the others of its application. */
    @Test
    void shouldNotListTheEndedOfAnApplicationThatIsNotTracked() {
        agenda.keep(SweptApplication.first(key("app"), SweepReason.SESSION, Map.of(), NOON), now);

        assertThat(List.of(next(), next(), next())).allMatch(ListingQuery::living);
    }

    @Test
    void shouldListAnApplicationNoMoreWhenNoSessionOfItCanLive() {
        agenda.keep(SweptApplication.first(key("app"), SweepReason.SESSION, Map.of(), NOON), now);
        now = NOON.plus(Duration.ofHours(26));

        assertThat(agenda.next(now)).isNull();
        assertThat(agenda.status(now)).isEmpty();
    }

    @Test
    void shouldListTheEndedEveryTenMinutes() {
        agenda.keep(published("app"), now);
        int complete = 0;
        for (; now.isBefore(NOON.plus(Duration.ofMinutes(30))); now = now.plusSeconds(1)) {
            complete += next().living() ? 0 : 1;
        }

        assertThat(complete).isEqualTo(3);
    }

    /** The more sessions a call shows, the sooner; but everybody has his turn. */
    @Test
    void shouldPreferWhatShowsMoreAndStarveNone() {
        agenda.keep(sessionOf("large"), now);
        agenda.keep(sessionOf("small"), now);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ListingQuery query = requireNonNull(agenda.next(now));
            order.add(query.application().applicationId());
            answer(query, query.application().applicationId().equals("large") ? 36 : 1);
            now = now.plusSeconds(1);
        }

        assertThat(order.stream().filter("small"::equals).count()).isBetween(7L, 15L);
    }

    @Test
    void shouldTryABrokenListingAgainFromTheFirstPageAndLessOften() {
        agenda.keep(sessionOf("app"), now);
        int calls = 0;
        for (; now.isBefore(NOON.plusSeconds(300)); now = now.plusMillis(100)) {
            ListingQuery query = agenda.next(now);
            if (query != null) {
                calls++;
                assertThat(query.nextToken()).isNull();
                agenda.take(query, new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "503"), now);
            }
        }

        assertThat(calls).isBetween(10, 16);
    }

    /** Rule 9. */
    @Test
    void shouldTryARefusedListingAgainLater() {
        agenda.keep(sessionOf("app"), now);
        ListingQuery query = requireNonNull(agenda.next(now));
        agenda.take(query, new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no"), now);

        assertThat(agenda.next(now.plus(REFUSED).minusSeconds(1))).isNull();
        assertThat(agenda.status(now))
                .extracting(SweepStatus.Application::trouble)
                .containsExactly("no");
        now = now.plus(REFUSED);
        assertThat(next()).isNotNull();
        assertThat(agenda.status(now))
                .extracting(SweepStatus.Application::trouble)
                .containsOnlyNulls();
    }

    /** What concerns the credentials of a source concerns all its applications. */
    @Test
    void shouldPauseASourceWhoseCallsAreInVain() {
        agenda.keep(sessionOf("one"), now);
        agenda.keep(sessionOf("two"), now);
        ListingQuery query = requireNonNull(agenda.next(now));
        agenda.take(query, new Lookup.Unavailable(Lookup.Trouble.CREDENTIALS, "expired"), now);

        assertThat(agenda.next(now)).isNull();
        assertThat(agenda.next(now.plusSeconds(1))).isNotNull();
    }

    /** One answer may be a lie. */
    @Test
    void shouldBelieveOnlyAfterMinutesThatAnApplicationIsNotThere() {
        agenda.keep(published("app"), now);
        boolean gone = false;
        for (; !gone; now = now.plusSeconds(1)) {
            ListingQuery query = agenda.next(now);
            if (query != null) {
                gone = requireNonNull(agenda.take(query, new Lookup.NotFound(), now))
                        .gone();
            }
        }

        assertThat(now).isBetween(NOON.plusSeconds(120), NOON.plusSeconds(160));
    }

    /** In the wrong Region AWS knows none of them. One that it has never listed may well be a typing error. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void shouldGiveUpNoneWhereMostSeemGoneAtOnce(boolean listed, boolean givenUp) {
        List.of("one", "two", "three").forEach(id -> agenda.keep(published(id), now));
        if (listed) {
            for (int i = 0; i < 6; i++) {
                next();
            }
        }
        boolean gone = false;
        for (Instant end = now.plus(Duration.ofMinutes(10)); now.isBefore(end); now = now.plusSeconds(1)) {
            ListingQuery query = agenda.next(now);
            if (query != null) {
                gone |= requireNonNull(agenda.take(query, new Lookup.NotFound(), now))
                        .gone();
            }
        }

        assertThat(gone).isEqualTo(givenUp);
    }

    /** Sessions began and ended meanwhile, and this is the first listing that shows them. */
    @Test
    void shouldListWhatLivedWhileItsListingWasRefused() {
        agenda.keep(published("app"), now);
        for (int i = 0; i < 3 * 24 * 4; i++, now = now.plus(REFUSED)) {
            ListingQuery refused = requireNonNull(agenda.next(now));
            agenda.take(refused, new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no"), now);
        }

        assertThat(List.of(next(), next()))
                .filteredOn(query -> !query.living())
                .singleElement()
                .satisfies(query -> assertThat(query.createdAfter()).isBefore(NOON.minus(Duration.ofHours(24))));
    }

    @Test
    void shouldTakeNoAnswerThatNobodyWaitsFor() {
        agenda.keep(published("app"), now);
        ListingQuery query = requireNonNull(agenda.next(now));
        agenda.drop(key("app"));

        assertThat(agenda.take(query, page(1), now)).isNull();
    }

    /** What a listing has found so far lets the next process begin there; what finds nothing is written nowhere. */
    @Test
    void shouldKeepProgressOnlyWhereSomethingWasFound() {
        agenda.keep(published("app"), now);
        while (requireNonNull(agenda.of(key("app"))).completeAt() == null) {
            ListingQuery query = requireNonNull(agenda.next(now));
            agenda.take(query, query.living() ? page(0) : page(1), now);
        }
        SweptApplication kept = requireNonNull(agenda.of(key("app")));
        now = NOON.plus(COMPLETE);
        next();
        next();

        assertThat(agenda.of(key("app"))).isEqualTo(kept);
    }

    @Test
    void shouldDiscoverWhatItHasSeenOnceTheApplicationIsPublished() {
        agenda.keep(sessionOf("app"), now);
        answer(requireNonNull(agenda.next(now)), 3);
        agenda.keep(sessionOf("app").published(Map.of()), now);

        ListingQuery query = requireNonNull(agenda.next(now));
        var step = (SweepStep.Read)
                requireNonNull(agenda.take(query, page(3), now)).step();

        assertThat(step.requests()).hasSize(3).allMatch(request -> request instanceof Request.Discover);
    }

    /** The clock of the machine was hours ahead when the service began, and was set right. */
    @Test
    void shouldStarveNoneWhenTheClockIsSetBack() {
        List.of("one", "two", "three").forEach(id -> agenda.keep(sessionOf(id), now));
        List.of(1, 2, 3).forEach(_ -> next());
        now = now.minus(Duration.ofHours(5));
        Map<String, Integer> turns = new HashMap<>();
        for (int i = 0; i < 30; i++, now = now.plusSeconds(1)) {
            turns.merge(next().application().applicationId(), 1, Integer::sum);
        }

        assertThat(turns.values()).hasSize(3).allMatch(times -> times >= 9);
    }

    @Test
    void shouldWaitNoLongerWhenTheClockIsSetBack() {
        agenda.keep(published("app"), now);
        next();
        next();
        agenda.take(requireNonNull(agenda.next(now)), new Lookup.Unavailable(Lookup.Trouble.CREDENTIALS, "403"), now);
        now = now.minus(Duration.ofHours(5));
        assertThat(agenda.next(now)).isNull();
        int complete = 0;
        for (int i = 0; i < 1200; i++) {
            now = now.plusSeconds(1);
            complete += next().living() ? 0 : 1;
        }

        assertThat(complete).isEqualTo(2);
    }

    /** Such as those that cannot have sessions, where every application of an account is meant. */
    @Test
    void shouldStarveNoneForThoseWhoseListingFails() {
        IntStream.range(0, 200).forEach(i -> agenda.keep(published("bad" + i), now));
        agenda.keep(published("good"), now);
        int steady = 0;
        int complete = 0;
        for (int i = 0; i < 3600; i++, now = now.plusSeconds(1)) {
            ListingQuery query = requireNonNull(agenda.next(now));
            if (!query.application().applicationId().equals("good")) {
                agenda.take(query, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no sessions there"), now);
            } else {
                answer(query, 0);
                steady += query.living() ? 1 : 0;
                complete += query.living() ? 0 : 1;
            }
        }

        assertThat(steady).isGreaterThanOrEqualTo(3600 / 201 - 3);
        assertThat(complete).isGreaterThanOrEqualTo(4);
    }

    /** Its first page is well each time. */
    @Test
    void shouldStarveNoneForAListingWhoseSecondPageFails() {
        agenda.keep(sessionOf("bad"), now);
        agenda.keep(sessionOf("good"), now);
        int good = 0;
        for (int i = 0; i < 600; i++, now = now.plusSeconds(1)) {
            ListingQuery query = agenda.next(now);
            if (query != null && query.application().applicationId().equals("bad")) {
                Listing answer = query.nextToken() == null
                        ? new Listing.Page(List.of(), 0, "second")
                        : new Lookup.Unavailable(Lookup.Trouble.MALFORMED, "no list");
                agenda.take(query, answer, now);
            } else if (query != null) {
                answer(query, 0);
                good++;
            }
        }

        assertThat(good).isGreaterThan(400);
    }

    /** An endpoint that always has another page, or an application with a hundred thousand sessions. */
    @Test
    void shouldStarveNoneForAListingThatDoesNotEnd() {
        agenda.keep(published("endless"), now);
        agenda.keep(published("vast"), now);
        agenda.keep(published("good"), now);
        Map<String, Integer> pages = new HashMap<>();
        for (int i = 0; i < 1000; i++, now = now.plusSeconds(1)) {
            ListingQuery query = requireNonNull(agenda.next(now));
            pages.merge(query.application().applicationId(), 1, Integer::sum);
            if (query.application().applicationId().equals("good")) {
                answer(query, 0);
            } else {
                agenda.take(query, new Listing.Page(List.of(), 0, "token" + i), now);
            }
        }

        assertThat(pages.get("good")).isGreaterThan(400);
        assertThat(pages.get("endless")).isGreaterThan(200);
        assertThat(pages.get("vast")).isGreaterThan(200);
    }

    /** Asks for the next listing and answers it with an empty page. */
    private ListingQuery next() {
        ListingQuery query = requireNonNull(agenda.next(now));
        answer(query, 0);
        return query;
    }

    private void answer(ListingQuery query, int sessions) {
        assertThat(agenda.take(query, page(sessions), now)).isNotNull();
    }

    private static Listing.Page page(int sessions) {
        return new Listing.Page(
                IntStream.range(0, sessions)
                        .mapToObj(i -> new SessionSummary(
                                key("app").session("s" + i),
                                "IDLE",
                                "arn:aws:iam::123456789012:role/someone",
                                NOON.minusSeconds(600),
                                NOON))
                        .toList(),
                0,
                null);
    }

    private static ApplicationKey key(@Nullable String id) {
        return new ApplicationKey(Source.DEFAULT, requireNonNull(id));
    }

    private static SweptApplication published(String id) {
        return SweptApplication.first(key(id), SweepReason.PUBLISHED, Map.of(), NOON);
    }

    private static SweptApplication sessionOf(String id) {
        return SweptApplication.first(key(id), SweepReason.SESSION, Map.of(), NOON);
    }
}
