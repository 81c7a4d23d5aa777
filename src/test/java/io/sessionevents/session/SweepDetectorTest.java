package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nine rules of a sweep, each from somebody's accident. */
class SweepDetectorTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ApplicationKey APPLICATION = new ApplicationKey(Source.DEFAULT, "app");
    private static final SweptApplication PUBLISHED =
            SweptApplication.first(APPLICATION, SweepReason.PUBLISHED, Map.of("team", "blue"), NOON);
    private static final SweptApplication BY_SESSION =
            SweptApplication.first(APPLICATION, SweepReason.SESSION, Map.of(), NOON);

    private final SweepDetector detector = new SweepDetector();
    private SweptSessions kept = SweptSessions.NONE;
    private Instant now = NOON;

    /** Rule 1: a summary is no event; it only asks for a lookup, and only of what is new. */
    @ParameterizedTest
    @CsvSource({
        "IDLE, 0, 0", // the same
        "BUSY, 0, 1", // rule 7: another state at the same time is news
        "BUSY, 5, 1",
        "IDLE, 5, 1",
        "BUSY, -5, 0", // rule 7: an older time is a replica that lags
        "TERMINATED, 5, 1",
        "HIBERNATING, 5, 1"
    })
    void shouldWakeOnADifferenceOnly(String state, long seconds, int wakes) {
        sweep(BY_SESSION, session("one", "IDLE", NOON));

        SweepStep.Read step = sweep(BY_SESSION, session("one", state, NOON.plusSeconds(seconds)));

        assertThat(step.requests()).hasSize(wakes).allMatch(request -> request instanceof Request.Wake);
        assertThat(step.stale()).isEqualTo(seconds < 0 ? 1 : 0);
        assertThat(sweep(BY_SESSION, session("one", "IDLE", NOON)).stale())
                .as("what is known does not go back")
                .isEqualTo(seconds > 0 ? 1 : 0);
    }

    @Test
    void shouldDiscoverInATrackedApplicationOnly() {
        assertThat(sweep(PUBLISHED, session("one", "IDLE", NOON)).requests())
                .containsExactly(new Request.Discover(
                        APPLICATION.session("one"), Map.of("team", "blue"), new Sighting("IDLE", NOON)));
        kept = SweptSessions.NONE;
        assertThat(sweep(BY_SESSION, session("one", "IDLE", NOON)).requests())
                .containsExactly(new Request.Wake(APPLICATION.session("one"), new Sighting("IDLE", NOON)));
    }

    @Test
    void shouldNotDiscoverSessionsOfOthers() {
        var ours = new Discovery(true, Set.of(), Set.of(), List.of("arn:aws:iam::*:role/spark-*"));

        var step = (SweepStep.Read) detector.decide(
                Sweep.steady(APPLICATION, now), kept, PUBLISHED, ours, page(session("one", "IDLE", NOON)));

        assertThat(step.requests()).first().isInstanceOf(Request.Wake.class);
    }

    /** Rules 2 and 4: absence wakes once; what is back is no news, and what is away again is. */
    @Test
    void shouldWakeWhatIsAbsentOnce() {
        sweep(PUBLISHED, session("one", "IDLE", NOON), session("two", "IDLE", NOON));

        assertThat(sweep(PUBLISHED, session("two", "IDLE", NOON)).requests())
                .containsExactly(new Request.Wake(APPLICATION.session("one"), null));
        assertThat(sweep(PUBLISHED, session("two", "IDLE", NOON)).requests()).isEmpty();
        assertThat(sweep(PUBLISHED, session("one", "IDLE", NOON), session("two", "IDLE", NOON))
                        .requests())
                .isEmpty();
        assertThat(sweep(PUBLISHED, session("two", "IDLE", NOON)).requests()).hasSize(1);
    }

    /** What has ended is expected in no listing of the living. */
    @Test
    void shouldNotMissWhatHasEnded() {
        sweep(PUBLISHED, session("one", "TERMINATED", NOON));

        assertThat(sweep(PUBLISHED).requests()).isEmpty();
    }

    /** Rule 3, and 9: whatever a failed page is, nothing but its kind follows. */
    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, false",
        "FOREIGN, false",
        "MALFORMED, false",
        "THROTTLED, true",
        "CIRCUIT_OPEN, true",
        "CREDENTIALS, true",
        "CLOCK_SKEW, true"
    })
    void shouldChangeNothingByAFailedPage(Lookup.Trouble trouble, boolean ofTheSource) {
        assertThat(decide(new Lookup.Unavailable(trouble, "503"))).isEqualTo(new SweepStep.Broken("503", ofTheSource));
    }

    @Test
    void shouldLeaveARefusedListingToTheLookups() {
        assertThat(decide(new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no")))
                .isEqualTo(new SweepStep.Refused("no"));
        assertThat(decide(new Lookup.Refused(Lookup.Refusal.VALIDATION, "what")))
                .isEqualTo(new SweepStep.Unknown("what"));
        assertThat(decide(new Lookup.NotFound())).isInstanceOf(SweepStep.Unknown.class);
    }

    /** Rule 5. */
    @Test
    void shouldReadAPageInSpiteOfAnItem() {
        var step = (SweepStep.Read) decide(new Listing.Page(List.of(session("one", "IDLE", NOON)), 2, null));

        assertThat(step.requests()).hasSize(1);
        assertThat(step.unreadable()).isEqualTo(2);
    }

    /** Rule 6. */
    @ParameterizedTest
    @CsvSource({"59, 0", "61, 1"})
    void shouldNotMissWhatIsYoung(long age, int wakes) {
        Instant created = NOON.plusSeconds(3600);
        now = created.plusSeconds(1);
        sweep(PUBLISHED, created("one", created));
        now = created.plusSeconds(age);

        assertThat(sweep(PUBLISHED).requests()).hasSize(wakes);
    }

    /** Rule 8: twice on a page, and on two pages, in whatever order. */
    @Test
    void shouldNotMindASessionThatComesTwice() {
        SessionSummary idle = session("one", "IDLE", NOON);
        SessionSummary busy = session("one", "BUSY", NOON.plusSeconds(1));

        assertThat(sweep(PUBLISHED, idle, idle).requests()).hasSize(1);
        assertThat(pages(List.of(busy), List.of(idle))).hasSize(1);
        assertThat(sweep(PUBLISHED, busy).requests()).isEmpty();
    }

    @Test
    void shouldMissNothingBeforeTheLastPage() {
        sweep(PUBLISHED, session("one", "IDLE", NOON), session("two", "IDLE", NOON));

        assertThat(pages(List.of(session("two", "IDLE", NOON)), List.of(session("one", "IDLE", NOON))))
                .isEmpty();
    }

    /** A listing of those created lately shows no others: they are not absent. */
    @Test
    void shouldMissNothingInACompleteListing() {
        sweep(PUBLISHED, session("one", "IDLE", NOON));

        var step = (SweepStep.Read)
                detector.decide(Sweep.complete(APPLICATION, NOON, now), kept, PUBLISHED, Discovery.NONE, page());

        assertThat(step.whole()).isTrue();
        assertThat(step.requests()).isEmpty();
    }

    @Test
    void shouldBreakOffAListingThatLeadsInACircle() {
        Sweep second = Sweep.steady(APPLICATION, now).to("again");

        assertThat(detector.decide(second, kept, PUBLISHED, Discovery.NONE, new Listing.Page(List.of(), 0, "again")))
                .isInstanceOf(SweepStep.Broken.class);
    }

    @Test
    void shouldForgetWhatNoListingShowsAgain() {
        sweep(PUBLISHED, created("old", NOON.minus(Duration.ofHours(27))), session("one", "IDLE", NOON));
        now = NOON.plusSeconds(120);

        sweep(PUBLISHED, session("one", "IDLE", NOON));

        assertThat(kept.all()).extracting(Map.Entry::getKey).containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-26T11:50:00Z | 2026-11-01T00:00:00Z | 2026-11-26T11:20:00Z
            2026-11-23T11:30:00Z | 2026-11-01T00:00:00Z | 2026-11-23T11:00:00Z
                                 | 2026-11-26T12:00:00Z | 2026-11-25T11:00:00Z
                                 | 2026-11-23T12:00:00Z | 2026-11-22T11:00:00Z
                                 | 2026-11-27T12:00:00Z | 2026-11-25T11:00:00Z
            2026-11-27T12:00:00Z | 2026-11-26T12:00:00Z | 2026-11-25T11:00:00Z
            2026-11-27T12:00:00Z | 2026-11-24T12:00:00Z | 2026-11-23T11:00:00Z
            """)
    void shouldListWhatCanHaveLivedSince(@Nullable Instant before, Instant since, Instant after) {
        assertThat(SweepDetector.createdAfter(before, since, NOON)).isEqualTo(after);
    }

    /** The StreamThread takes each page in, and an application may have a hundred thousand sessions: no page may cost a copy of all. */
    @Test
    void shouldTakeAPageInAtACostThatDoesNotGrowWithTheApplication() {
        int pages = 400;
        sweep(pages, "IDLE");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(sweep(pages, "IDLE")).isZero();
        assertThat(sweep(pages, "BUSY")).isEqualTo(pages * 50);
        long perPage = (threads.getCurrentThreadAllocatedBytes() - before) / (2L * pages);

        assertThat(perPage).isLessThan(400_000);
    }

    /** Sweeps so many pages; how many requests it leads to. */
    private int sweep(int pages, String state) {
        Sweep sweep = Sweep.steady(APPLICATION, now);
        int requests = 0;
        for (int page = 1; page <= pages; page++) {
            String name = "p" + page + "x";
            List<SessionSummary> items = IntStream.range(0, 50)
                    .mapToObj(i -> session(name + i, state, NOON))
                    .toList();
            var step = (SweepStep.Read) detector.decide(
                    sweep,
                    kept,
                    PUBLISHED,
                    Discovery.NONE,
                    new Listing.Page(items, 0, page < pages ? "after" + page : null));
            sweep = step.sweep();
            kept = step.kept();
            requests += step.requests().size();
        }
        return requests;
    }

    private SweepStep decide(Listing answer) {
        return detector.decide(Sweep.steady(APPLICATION, now), kept, PUBLISHED, Discovery.NONE, answer);
    }

    private SweepStep.Read sweep(SweptApplication application, SessionSummary... items) {
        var step = (SweepStep.Read)
                detector.decide(Sweep.steady(APPLICATION, now), kept, application, Discovery.NONE, page(items));
        kept = step.kept();
        return step;
    }

    private List<Request> pages(List<SessionSummary> first, List<SessionSummary> second) {
        Sweep sweep = Sweep.steady(APPLICATION, now);
        var begun = (SweepStep.Read)
                detector.decide(sweep, kept, PUBLISHED, Discovery.NONE, new Listing.Page(first, 0, "more"));
        var ended = (SweepStep.Read) detector.decide(
                begun.sweep(), begun.kept(), PUBLISHED, Discovery.NONE, new Listing.Page(second, 0, null));
        kept = ended.kept();
        List<Request> all = new ArrayList<>(begun.requests());
        all.addAll(ended.requests());
        return all;
    }

    private static Listing.Page page(SessionSummary... items) {
        return new Listing.Page(List.of(items), 0, null);
    }

    private static SessionSummary session(String id, String state, Instant updatedAt) {
        return new SessionSummary(
                APPLICATION.session(id),
                state,
                "arn:aws:iam::123456789012:role/someone",
                NOON.minusSeconds(600),
                updatedAt);
    }

    private static SessionSummary created(String id, Instant createdAt) {
        return new SessionSummary(
                APPLICATION.session(id), "IDLE", "arn:aws:iam::123456789012:role/someone", createdAt, createdAt);
    }
}
