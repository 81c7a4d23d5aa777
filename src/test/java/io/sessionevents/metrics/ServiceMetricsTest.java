package io.sessionevents.metrics;

import static io.sessionevents.MetricsSample.NOW;
import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.MetricsSample;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.StatisticsSample;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Refusal;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.Source;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.tracking.TrackingListener.Input;
import io.sessionevents.tracking.TrackingListener.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {
    private final ServiceMetrics metrics = MetricsSample.metrics(Map.of());
    private final SourceMetrics of = metrics.of(Source.DEFAULT);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void shouldShowEveryCounterWithEveryValueOfItsLabelFromTheStart() {
        assertThat(metrics.scrape())
                .contains(
                        "session_events_lookup_attempts_total{outcome=\"throttled\",source=\"default\"} 0.0",
                        "session_events_lookups_total{outcome=\"refused\",source=\"default\"} 0.0",
                        "session_events_list_sessions_attempts_total{outcome=\"page\",source=\"default\"} 0.0",
                        "session_events_sweeps_total{outcome=\"not-found\",source=\"default\"} 0.0",
                        "session_events_changes_total{source=\"default\",state=\"terminated\"} 0.0",
                        "session_events_dead_letters_total{reason=\"session-not-found\"} 0.0",
                        "session_events_input_records_total{outcome=\"waiting\"} 0.0",
                        "session_events_registry_calls_seconds_count{outcome=\"unknown-schema\"} 0",
                        "session_events_lookup_results_dropped_total{source=\"default\"} 0.0",
                        "session_events_stream_threads_replaced_total 0.0")
                .doesNotContain("circuit-open");
    }

    /** As docs/metrics.md says. */
    @Test
    void shouldHaveFewSeriesWithOneSource() {
        assertThat(metrics.scrape().lines().filter(line -> !line.startsWith("#")))
                .hasSizeBetween(100, 200);
    }

    @Test
    void shouldShowLevels() {
        metrics.waiting(3);
        metrics.waiting(-1);

        assertThat(metrics.scrape())
                .contains(
                        "session_events_ready 1.0",
                        "session_events_budget{source=\"default\"} 9.5",
                        "session_events_circuit_open{source=\"default\"} 0.0",
                        "session_events_aws_refused{source=\"default\"} 0.0",
                        "session_events_sessions{source=\"default\",state=\"unseen\"} 0.0",
                        "session_events_input_waiting 2.0",
                        "session_events_look_interval_seconds{class=\"idle\",source=\"default\"} 2.0");
    }

    /** Nothing is looked up here any more, so nothing will be found again. */
    @Test
    void shouldShowTroubleWithLookupsOnlyWhereSomeAreMade() {
        for (boolean looking : List.of(true, false)) {
            try (var shown = new ServiceMetrics("1", List.of(Source.DEFAULT))) {
                shown.mayAskForLosses(source -> "most seem to vanish");
                LookupStatistics lookups = looking ? StatisticsSample.statistics(true) : StatisticsSample.idle(true);
                shown.measure(
                        new Levels(
                                () -> lookups,
                                (source, ofSource, sweeps) -> ofSource.looking(),
                                () -> true,
                                () -> Map.of(),
                                () -> NOW),
                        () -> Map.of());

                assertThat(shown.scrape())
                        .contains(
                                "session_events_mass_loss{source=\"default\"} " + (looking ? "1.0" : "0.0"),
                                "session_events_circuit_open{source=\"default\"} " + (looking ? "1.0" : "0.0"),
                                "session_events_aws_refused{source=\"default\"} " + (looking ? "1.0" : "0.0"));
            }
        }
    }

    @Test
    void shouldShowTheLevelsOfSweeps() {
        var refused = new SweepStatus(
                0.95,
                0.5,
                "refused",
                null,
                List.of(swept("a", NOW.minusSeconds(20)), swept("b", null), swept("c", NOW)));

        try (var sweeping = MetricsSample.metrics(Map.of(), () -> Map.of(Source.DEFAULT, refused))) {
            assertThat(sweeping.scrape())
                    .contains(
                            "session_events_list_sessions_budget{source=\"default\"} 0.95",
                            "session_events_list_sessions_rate{source=\"default\"} 0.5",
                            "session_events_list_sessions_refused{source=\"default\"} 1.0",
                            "session_events_applications_swept{source=\"default\"} 3.0",
                            "session_events_sweep_oldest_seconds{source=\"default\"} 20.0");
        }
    }

    /** Another instance makes the sweeps, and the sum over all is what the fleet does. */
    @Test
    void shouldShowNoLevelsOfSweepsThatItDoesNotMake() {
        assertThat(metrics.scrape())
                .contains(
                        "session_events_list_sessions_budget{source=\"default\"} 0.0",
                        "session_events_list_sessions_refused{source=\"default\"} 0.0",
                        "session_events_applications_swept{source=\"default\"} 0.0",
                        "session_events_sweep_oldest_seconds{source=\"default\"} 0.0");
    }

    private static SweepStatus.Application swept(String application, @Nullable Instant at) {
        return new SweepStatus.Application(
                ApplicationKey.parse(application), SweepReason.PUBLISHED, START, NOW, 0, at, null, null);
    }

    @Test
    void shouldHaveACounterForWhateverIsHeardOf() {
        Stream.concat(Stream.of(SessionSample.in("IDLE").found()), failures()).forEach(outcome -> {
            of.attempted(outcome);
            of.lookedUp(outcome, Duration.ofMillis(300));
        });
        of.lookedUp(new Lookup.Unavailable(Trouble.CIRCUIT_OPEN, ""), Duration.ZERO);
        failures().forEach(of::sessions);
        failures().forEach(of::applications);
        of.sessions(new Listing.Page(List.of(), 0, null));
        of.applications(new ApplicationListing.Page(List.of(), 0, null));
        Stream.of(Sweep.values()).forEach(outcome -> metrics.swept(Source.DEFAULT, outcome));
        Stream.of(UsageStatus.values()).map(UsageSample::told).forEach(metrics::booked);
        metrics.woken(Source.DEFAULT);
        metrics.discovered(Source.DEFAULT);
        metrics.passedOver(Source.DEFAULT, 2, 3);
        Stream.of(DeadLetterReason.values()).forEach(metrics::deadLettered);
        Stream.of(Input.values()).forEach(metrics::inputRead);
        Stream.of(RegistryException.Kind.values()).forEach(kind -> metrics.asked(kind, Duration.ofMillis(20)));
        metrics.asked(null, Duration.ofMillis(20));
        Stream.of(SessionState.values()).forEach(state -> metrics.changed(change(state.name(), null, START)));
        of.resultDropped();
        metrics.threadReplaced();

        assertThat(metrics.scrape().lines().filter(line -> line.matches("session_events_.*_total(\\{.*})? 0\\.0")))
                .isEmpty();
        assertThat(metrics.scrape())
                .contains(
                        "session_events_sweep_items_passed_over_total{reason=\"stale\",source=\"default\"} 2.0",
                        "session_events_sweep_items_passed_over_total{reason=\"unreadable\",source=\"default\"} 3.0");
    }

    /** All but an open circuit, which makes no attempt. */
    private static Stream<Failure> failures() {
        return Stream.concat(
                Stream.of(new Lookup.NotFound()),
                Stream.concat(
                        Stream.of(Refusal.values()).map(why -> new Lookup.Refused(why, "")),
                        Stream.of(Trouble.values())
                                .filter(why -> why != Trouble.CIRCUIT_OPEN)
                                .map(why -> new Lookup.Unavailable(why, ""))));
    }

    @Test
    void shouldMeasureTheLagOfChangesButNotTheAgeOfASessionAtFirstSight() {
        metrics.changed(change("IDLE", null, START.minus(Duration.ofDays(1))));
        metrics.changed(change("BUSY", SessionState.IDLE, START.minusSeconds(3)));
        metrics.changed(change("IDLE", SessionState.BUSY, START.plusSeconds(3)));

        assertThat(metrics.scrape())
                .contains(
                        "session_events_detection_lag_seconds_count{source=\"default\"} 2",
                        "session_events_detection_lag_seconds_sum{source=\"default\"} 3.0",
                        "session_events_detection_lag_seconds_bucket{source=\"default\",le=\"2.0\"} 1",
                        "session_events_detection_lag_seconds_bucket{source=\"default\",le=\"5.0\"} 2");
    }

    private static StateChange change(String state, @Nullable SessionState previous, Instant occurredAt) {
        return new StateChange(
                KEY,
                1,
                previous,
                List.of(),
                occurredAt,
                START,
                null,
                Map.of(),
                Origin.PUBLISHED,
                SessionSample.in(state).session());
    }
}
