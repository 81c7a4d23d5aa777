package io.sessionevents.metrics;

import io.sessionevents.calls.LookupListener;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import java.time.Duration;

/**
 * Counts the attempts and lookups of one source. Safe for use by many threads, and never blocks one.
 *
 * @param source one of those that the metrics were made for
 */
public record SourceMetrics(ServiceMetrics metrics, String source)
        implements AttemptListener, ListAttemptListener, LookupListener {

    @Override
    public void attempted(Lookup outcome) {
        metrics.count(ServiceMetric.ATTEMPTS, source, LabelValues.code(outcome));
    }

    @Override
    public void sessions(Listing outcome) {
        metrics.count(ServiceMetric.LIST_SESSIONS_ATTEMPTS, source, LabelValues.code(outcome));
    }

    @Override
    public void applications(ApplicationListing outcome) {
        metrics.count(ServiceMetric.LIST_APPLICATIONS_ATTEMPTS, source, LabelValues.code(outcome));
    }

    @Override
    public void lookedUp(Lookup outcome, Duration took) {
        metrics.count(ServiceMetric.LOOKUPS, source, LabelValues.kind(outcome));
        metrics.lookedUp(source, took);
    }

    @Override
    public void resultDropped() {
        metrics.count(ServiceMetric.DROPPED, source, "");
    }
}
