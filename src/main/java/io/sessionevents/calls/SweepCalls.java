package io.sessionevents.calls;

import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.SweepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the sweeps, source by source; nothing is shared between two. The one task of the fleet that sweeps a source opens its desk
 * here. Safe for use by several threads.
 */
public final class SweepCalls {
    private final LookupHold hold;
    private final Map<String, OfSource> sources = new LinkedHashMap<>();
    private final Map<String, Desk> open = new ConcurrentHashMap<>();

    private record OfSource(
            SweepSource source,
            PacedCalls<ListingQuery, Listing> sessions,
            @Nullable PacedCalls<ApplicationsQuery, ApplicationListing> applications) {

        static OfSource of(SweepSource source, LookupHold hold) {
            double applications = source.limits().listApplications();
            return new OfSource(
                    source,
                    new PacedCalls<>(
                            source.sessions(),
                            source.sessionBudget(),
                            source.limits().listSessions(),
                            hold),
                    applications > 0
                            ? new PacedCalls<>(source.applications(), source.applicationBudget(), applications, hold)
                            : null);
        }
    }

    /** @param sources those whose budget of ListSessions is 0 are not swept */
    SweepCalls(List<SweepSource> sources, LookupHold hold) {
        this.hold = hold;
        sources.stream()
                .filter(source -> source.limits().listSessions() > 0)
                .forEach(source -> this.sources.put(source.name(), OfSource.of(source, hold)));
    }

    /** Names of the sources that are swept. */
    public Set<String> sources() {
        return Set.copyOf(sources.keySet());
    }

    /** Opens the desk of the task that sweeps that source; one that was left open is closed. */
    public SweepDesk open(String source) {
        var calls = sources.get(source);
        if (calls == null) {
            throw new IllegalArgumentException("the source " + source + " is not swept");
        }
        hold.tasksSeen();
        var desk = new Desk(calls);
        open.put(source, desk);
        return desk;
    }

    /** How the sweeps stand that this process makes, by source. */
    public Map<String, SweepStatus> statistics() {
        Map<String, SweepStatus> statistics = new TreeMap<>();
        open.forEach((source, desk) -> statistics.put(source, desk.status));
        return statistics;
    }

    /** Names of the StreamThreads that sweep. */
    Set<String> threads() {
        return open.values().stream().map(desk -> desk.thread).collect(Collectors.toSet());
    }

    void leaseUntil(long nanos) {
        sources.values().forEach(source -> {
            source.sessions.leaseUntil(nanos);
            if (source.applications != null) {
                source.applications.leaseUntil(nanos);
            }
        });
    }

    private final class Desk implements SweepDesk {
        private final OfSource calls;
        private final PacedCalls<ListingQuery, Listing>.Desk sessions;
        private final PacedCalls<ApplicationsQuery, ApplicationListing>.@Nullable Desk applications;
        private final String thread = Thread.currentThread().getName();
        private volatile SweepStatus status;

        private Desk(OfSource calls) {
            this.calls = calls;
            this.sessions = calls.sessions.open();
            this.applications = calls.applications == null ? null : calls.applications.open();
            this.status = new SweepStatus(limits().listSessions(), 0, null, null, List.of());
        }

        @Override
        public SweepLimits limits() {
            return calls.source.limits();
        }

        @Override
        public Discovery discovery() {
            return calls.source.discovery();
        }

        @Override
        public boolean askForSessions(Supplier<@Nullable ListingQuery> next) {
            return sessions.ask(next);
        }

        @Override
        public @Nullable Answered<ListingQuery, Listing> sessions() {
            return sessions.poll();
        }

        @Override
        public boolean askForApplications(Supplier<@Nullable ApplicationsQuery> next) {
            return applications != null && applications.ask(next);
        }

        @Override
        public @Nullable Answered<ApplicationsQuery, ApplicationListing> applications() {
            return applications == null ? null : applications.poll();
        }

        @Override
        public double rate() {
            return calls.sessions.rate();
        }

        @Override
        public void report(SweepStatus now) {
            status = now;
        }

        @Override
        public void close() {
            sessions.close();
            if (applications != null) {
                applications.close();
            }
            open.remove(calls.source.name(), this);
        }
    }
}
