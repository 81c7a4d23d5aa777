package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.Answered;
import io.sessionevents.calls.SweepDesk;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionSummary;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.SweptApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sweeps of one source, with an AWS that answers at once. */
class SourceSweeperTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ApplicationKey APP = new ApplicationKey(Source.DEFAULT, "app");

    private final FakeDesk desk = new FakeDesk();
    private final Kept output = new Kept();
    private Discovery discovery = Discovery.NONE;
    private Instant now = NOON;

    @Test
    void shouldDiscoverTheSessionsOfAPublishedApplication() {
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        SourceSweeper sweeper = sweeper();
        sweeper.handle(new Request.TrackApplication(APP, Map.of("team", "blue")), now);
        run(sweeper, 5);

        assertThat(output.requests)
                .containsExactly(new Request.Discover(
                        APP.session("one"),
                        Map.of("team", "blue"),
                        session("one", "IDLE").sighting()));
        assertThat(requireNonNull(desk.status).applications())
                .extracting(SweepStatus.Application::living)
                .containsExactly(1);
    }

    /** Promise: a fleet that does not change writes nothing. */
    @Test
    void shouldWriteNothingWhereNothingChanges() {
        desk.sessions.put(APP, List.of(session("one", "IDLE"), session("two", "BUSY")));
        SourceSweeper sweeper = sweeper();
        sweeper.handle(new Request.TrackApplication(APP, Map.of()), now);
        run(sweeper, 60);
        int written = output.writes;

        run(sweeper, 3600);

        assertThat(output.writes).isEqualTo(written);
        assertThat(desk.calls).isGreaterThan(3600);
    }

    @Test
    void shouldGoOnWhereTheTaskBeforeHasEnded() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applications.add(APP);
        run(sweeper(), 5);
        Map<ApplicationKey, SweptApplication> kept = Map.copyOf(output.kept);
        desk.applications.clear();

        desk.queries.clear();
        run(sweeper(), 5);

        assertThat(kept).containsOnlyKeys(APP);
        assertThat(output.kept).isEqualTo(kept);
        assertThat(desk.queries).extracting(ListingQuery::application).contains(APP);
    }

    /** Every five minutes, and only those that are meant. */
    @Test
    void shouldFindTheApplicationsThatAwsLists() {
        discovery = new Discovery(true, Set.of("configured"), Set.of("other"), List.of());
        desk.applications.addAll(List.of(APP, new ApplicationKey(Source.DEFAULT, "other")));
        SourceSweeper sweeper = sweeper();
        run(sweeper, 290);

        assertThat(output.kept.keySet())
                .extracting(ApplicationKey::applicationId)
                .containsExactly("app", "configured");
        assertThat(output.kept.values()).allMatch(kept -> kept.reason() == SweepReason.DISCOVERED);
        assertThat(desk.applicationCalls).isEqualTo(2);
        desk.applications.add(new ApplicationKey(Source.DEFAULT, "third"));
        run(sweeper, 30);
        assertThat(output.kept.keySet())
                .extracting(ApplicationKey::applicationId)
                .contains("third");
    }

    @Test
    void shouldListTheApplicationsInTimeWhenTheClockIsSetBack() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        SourceSweeper sweeper = sweeper();
        run(sweeper, 10);
        now = now.minus(Duration.ofHours(5));
        run(sweeper, 310);

        assertThat(desk.applicationCalls).isBetween(2, 3);
    }

    @Test
    void shouldLeaveAnApplicationAloneThatIsNotMeantAnyMore() {
        output.keep(SweptApplication.first(APP, SweepReason.DISCOVERED, Map.of(), NOON.minus(Duration.ofDays(3))));
        run(sweeper(), 5);

        assertThat(desk.queries).isEmpty();
    }

    /** A tombstone counts until the application is published again, whatever AWS lists. */
    @Test
    void shouldDiscoverNothingInAnApplicationThatATombstoneStopped() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applications.add(APP);
        SourceSweeper sweeper = sweeper();
        run(sweeper, 2);
        sweeper.handle(new Request.StopApplication(APP), now);
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        run(sweeper, 400);

        assertThat(output.requests).noneMatch(request -> request instanceof Request.Discover);
        sweeper.handle(new Request.TrackApplication(APP, Map.of()), now);
        run(sweeper, 5);
        assertThat(output.requests).anyMatch(request -> request instanceof Request.Discover);
    }

    @Test
    void shouldSayThatAPublishedApplicationIsNotThere() {
        desk.unknown.add(APP);
        SourceSweeper sweeper = sweeper();
        sweeper.handle(new Request.TrackApplication(APP, Map.of()), now);
        run(sweeper, 60);
        assertThat(output.givenUp).isEmpty();
        run(sweeper, 120);

        assertThat(output.givenUp).containsExactly(APP);
        assertThat(output.kept).isEmpty();
    }

    /** AWS lists applications whose sessions it does not list: of kinds that have none, or deleted long ago. */
    @Test
    void shouldSpendLittleOnApplicationsThatAreListedAndNotThere() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applications.add(APP);
        desk.unknown.add(APP);
        SourceSweeper sweeper = sweeper();
        run(sweeper, 3 * 3600);

        assertThat(desk.calls).isLessThan(18);
        desk.unknown.clear();
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        run(sweeper, 4000);
        assertThat(output.requests).hasSize(1);
    }

    @Test
    void shouldTrackAtOnceWhatIsPublishedAlthoughItWasNotThere() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applications.add(APP);
        desk.unknown.add(APP);
        SourceSweeper sweeper = sweeper();
        run(sweeper, 400);
        desk.unknown.clear();
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        sweeper.handle(new Request.TrackApplication(APP, Map.of()), now);
        run(sweeper, 10);

        assertThat(output.requests).hasSize(1);
    }

    /** AWS may say for minutes that it is not there, and then list it again. */
    @Test
    void shouldNotForgetATombstoneOfAnApplicationThatIsNotThere() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applications.add(APP);
        SourceSweeper sweeper = sweeper();
        run(sweeper, 5);
        sweeper.handle(new Request.StopApplication(APP), now);
        desk.unknown.add(APP);
        run(sweeper, 600);
        desk.unknown.clear();
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        run(sweeper, 2 * 3600);
        run(sweeper(), 600);

        assertThat(output.requests).noneMatch(request -> request instanceof Request.Discover);
    }

    /** Nothing of it is tracked, so its listings would be of no use. */
    @Test
    void shouldNotSweepWhatIsKnownByATombstoneOnly() {
        SourceSweeper sweeper = sweeper();
        sweeper.handle(new Request.StopApplication(APP), now);
        run(sweeper, 10);

        assertThat(desk.calls).isZero();
        sweeper.handle(new Request.SweepApplication(APP), now);
        run(sweeper, 10);
        assertThat(desk.calls).isPositive();
    }

    @Test
    void shouldGoOnAskingForAConfiguredApplication() {
        discovery = new Discovery(false, Set.of("app"), Set.of(), List.of());
        desk.unknown.add(APP);
        SourceSweeper sweeper = sweeper();
        run(sweeper, 600);
        desk.unknown.clear();
        desk.sessions.put(APP, List.of(session("one", "IDLE")));
        run(sweeper, 60);

        assertThat(output.givenUp).isEmpty();
        assertThat(output.requests).hasSize(1);
    }

    /** The alert waits for a quarter of an hour; pages of other applications are no end of the trouble. */
    @Test
    void shouldSayThatAwsRefusesToListAnApplicationAsLongAsItDoes() {
        desk.refused.add(APP);
        SourceSweeper sweeper = sweeper();
        sweeper.handle(new Request.TrackApplication(APP, Map.of()), now);
        sweeper.handle(new Request.TrackApplication(new ApplicationKey(Source.DEFAULT, "other"), Map.of()), now);
        run(sweeper, 3000);

        assertThat(desk.troubles(20)).containsOnly("not allowed");
        desk.refused.clear();
        run(sweeper, 1000);
        assertThat(requireNonNull(desk.status).trouble()).isNull();
    }

    @Test
    void shouldSayThatAwsRefusesToListApplicationsAsLongAsItDoes() {
        discovery = new Discovery(true, Set.of("app"), Set.of(), List.of());
        desk.applicationsRefused = true;
        SourceSweeper sweeper = sweeper();
        run(sweeper, 3000);

        assertThat(desk.troubles(20)).containsOnly("not allowed");
        desk.applicationsRefused = false;
        run(sweeper, 1000);
        assertThat(requireNonNull(desk.status).trouble()).isNull();
    }

    /** That is no refusal, whose alert names a missing permission. */
    @Test
    void shouldSayWhyItDiscoversNothingAsLongAsThatIsSo() {
        discovery = new Discovery(true, Set.of(), Set.of(), List.of());
        desk.applicationsFailure = new Lookup.Unavailable(Lookup.Trouble.CREDENTIALS, "the key has expired");
        SourceSweeper sweeper = sweeper();
        run(sweeper, 100);

        assertThat(requireNonNull(desk.status).undiscovered()).isEqualTo("the key has expired");
        assertThat(desk.troubles(0)).containsOnlyNulls();

        desk.applicationsFailure = null;
        run(sweeper, 60);
        assertThat(requireNonNull(desk.status).undiscovered()).isNull();
    }

    private SourceSweeper sweeper() {
        return new SourceSweeper(
                Source.DEFAULT, desk, List.copyOf(output.kept.values()), output, TrackingListener.NONE);
    }

    private void run(SourceSweeper sweeper, int seconds) {
        for (int i = 0; i < seconds; i++) {
            desk.permits = 1;
            sweeper.work(now);
            sweeper.work(now);
            now = now.plusSeconds(1);
        }
    }

    private static SessionSummary session(String id, String state) {
        return new SessionSummary(
                APP.session(id),
                state,
                "arn:aws:iam::123456789012:role/someone",
                NOON.minusSeconds(600),
                NOON.minusSeconds(300));
    }

    private static final class Kept implements SweepOutput {
        private final Map<ApplicationKey, SweptApplication> kept = new TreeMap<>();
        private final List<Request.OfSession> requests = new ArrayList<>();
        private final List<ApplicationKey> givenUp = new ArrayList<>();
        private int writes;

        @Override
        public void keep(SweptApplication application) {
            writes++;
            kept.put(application.key(), application);
        }

        @Override
        public void drop(ApplicationKey key) {
            writes++;
            kept.remove(key);
        }

        @Override
        public void request(Request.OfSession request) {
            writes++;
            requests.add(request);
        }

        @Override
        public void giveUp(ApplicationKey key, DeadLetterReason reason, String message) {
            givenUp.add(key);
        }
    }

    /** Answers at the next work, one call a second. */
    private final class FakeDesk implements SweepDesk {
        private final Map<ApplicationKey, List<SessionSummary>> sessions = new HashMap<>();
        private final Set<ApplicationKey> unknown = new HashSet<>();
        private final Set<ApplicationKey> refused = new HashSet<>();
        private final List<ApplicationKey> applications = new ArrayList<>();
        private final List<ListingQuery> queries = new ArrayList<>();
        private final Queue<Answered<ListingQuery, Listing>> sessionAnswers = new ArrayDeque<>();
        private final Queue<Answered<ApplicationsQuery, ApplicationListing>> applicationAnswers = new ArrayDeque<>();
        private int permits;
        private int calls;
        private int applicationCalls;
        private boolean applicationsRefused;
        private @Nullable ApplicationListing applicationsFailure;
        private @Nullable SweepStatus status;
        private final List<@Nullable String> troubles = new ArrayList<>();

        /** What was reported since then, in seconds after the first report. */
        private List<@Nullable String> troubles(int since) {
            return troubles.subList(since, troubles.size());
        }

        @Override
        public SweepLimits limits() {
            return new SweepLimits(1, 1, Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15));
        }

        @Override
        public Discovery discovery() {
            return discovery;
        }

        @Override
        public boolean askForSessions(Supplier<@Nullable ListingQuery> next) {
            ListingQuery query = permits == 0 ? null : next.get();
            if (query == null) {
                return false;
            }
            permits--;
            calls++;
            queries.add(query);
            sessionAnswers.add(new Answered<>(query, answer(query.application())));
            return true;
        }

        private Listing answer(ApplicationKey application) {
            if (refused.contains(application)) {
                return new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "not allowed");
            }
            return unknown.contains(application)
                    ? new Lookup.NotFound()
                    : new Listing.Page(sessions.getOrDefault(application, List.of()), 0, null);
        }

        @Override
        public @Nullable Answered<ListingQuery, Listing> sessions() {
            return sessionAnswers.poll();
        }

        /** One application a page. */
        @Override
        public boolean askForApplications(Supplier<@Nullable ApplicationsQuery> next) {
            ApplicationsQuery query = requireNonNull(next.get());
            int page = query.nextToken() == null ? 0 : Integer.parseInt(query.nextToken());
            applicationCalls++;
            boolean more = page + 1 < applications.size();
            if (applicationsRefused) {
                applicationAnswers.add(
                        new Answered<>(query, new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "not allowed")));
                return true;
            }
            if (applicationsFailure != null) {
                applicationAnswers.add(new Answered<>(query, applicationsFailure));
                return true;
            }
            applicationAnswers.add(new Answered<>(
                    query,
                    new ApplicationListing.Page(
                            applications.stream().skip(page).limit(1).toList(),
                            0,
                            more ? Integer.toString(page + 1) : null)));
            return true;
        }

        @Override
        public @Nullable Answered<ApplicationsQuery, ApplicationListing> applications() {
            return applicationAnswers.poll();
        }

        @Override
        public double rate() {
            return 1;
        }

        @Override
        public void report(SweepStatus newer) {
            status = newer;
            troubles.add(newer.trouble());
        }

        @Override
        public void close() {}
    }
}
