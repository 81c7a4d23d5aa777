package io.sessionevents.tracking;

import io.sessionevents.calls.Answered;
import io.sessionevents.calls.SweepDesk;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Request;
import io.sessionevents.session.SweepAgenda;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.SweepStep;
import io.sessionevents.session.SweptApplication;
import io.sessionevents.tracking.TrackingListener.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps the applications of one source, and finds them where that is wanted. Owned by the StreamThread, never waits. */
final class SourceSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SourceSweeper.class);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

    private final String source;
    private final SweepDesk desk;
    private final SweepOutput output;
    private final TrackingListener listener;
    private final SweepAgenda agenda;
    private final List<SweptApplication> kept;
    private final ApplicationSearch search;
    private boolean resumed;
    private @Nullable String refused;
    private Instant reportedAt = Instant.MIN;
    private Instant workedAt = Instant.EPOCH;

    /**
     * Begins with what was kept before.
     *
     * @param kept of the applications of that source
     */
    SourceSweeper(
            String source, SweepDesk desk, List<SweptApplication> kept, SweepOutput output, TrackingListener listener) {
        this.source = source;
        this.desk = desk;
        this.kept = List.copyOf(kept);
        this.output = output;
        this.listener = listener;
        this.search = new ApplicationSearch(desk);
        this.agenda = new SweepAgenda(
                desk.discovery(), desk.limits().complete(), desk.limits().refused());
    }

    /** Does what one request asks for. */
    void handle(Request.OfApplication request, Instant now) {
        resume(now);
        keep(SweptApplication.after(agenda.of(request.key()), request, now), now);
    }

    /** Takes up what was kept before, as it is configured now; not before the store may be written. */
    private void resume(Instant now) {
        if (resumed) {
            return;
        }
        resumed = true;
        for (SweptApplication application : kept) {
            agenda.keep(application, now);
            boolean found = desk.discovery().finds(application.key().applicationId());
            if (application.reason() == SweepReason.DISCOVERED && !found) {
                keep(application.discoveredNoMore(), now);
            }
        }
        desk.discovery().applications().forEach(id -> discovered(new ApplicationKey(source, id), now));
    }

    private void discovered(ApplicationKey key, Instant now) {
        SweptApplication kept = agenda.of(key);
        keep(
                kept == null ? SweptApplication.first(key, SweepReason.DISCOVERED, Map.of(), now) : kept.discovered(),
                now);
    }

    private void keep(SweptApplication next, Instant now) {
        if (!next.equals(agenda.of(next.key()))) {
            output.keep(next);
            agenda.keep(next, now);
        }
    }

    /** Takes answers in and asks what can be asked. */
    void work(Instant now) {
        resume(now);
        for (Answered<ListingQuery, Listing> page = desk.sessions(); page != null; page = desk.sessions()) {
            take(page, now);
        }
        for (Answered<ApplicationsQuery, ApplicationListing> page = desk.applications();
                page != null;
                page = desk.applications()) {
            take(page.answer(), now);
        }
        boolean asking = true;
        while (asking) {
            asking = desk.askForSessions(() -> agenda.next(now));
        }
        if (now.isBefore(workedAt.minusSeconds(1))) {
            search.clockSetBack(now);
        }
        workedAt = now;
        search.ask(now);
        if (!now.isBefore(reportedAt.plus(REPORT_INTERVAL)) || now.isBefore(reportedAt)) {
            reportedAt = now;
            refused(search.refusal() == null ? agenda.refusal(now) : search.refusal());
            desk.report(new SweepStatus(
                    desk.limits().listSessions(), desk.rate(), refused, search.failure(), agenda.status(now)));
        }
    }

    private void take(Answered<ListingQuery, Listing> page, Instant now) {
        SweptApplication before = agenda.of(page.question().application());
        SweepAgenda.Outcome outcome = agenda.take(page.question(), page.answer(), now);
        if (outcome == null) {
            return;
        }
        switch (outcome.step()) {
            case SweepStep.Read read -> read(read, outcome.application(), before);
            case SweepStep.Broken(String message, boolean _) -> {
                listener.swept(source, Sweep.BROKEN);
                log.atDebug()
                        .addKeyValue("application", page.question().application())
                        .log("Sweep broken off: {}", message);
            }
            case SweepStep.Refused _ -> listener.swept(source, Sweep.REFUSED);
            case SweepStep.Unknown(String message) -> {
                listener.swept(source, Sweep.NOT_FOUND);
                if (outcome.gone()) {
                    gone(outcome.application(), message, now);
                }
            }
        }
    }

    private void read(SweepStep.Read read, SweptApplication next, @Nullable SweptApplication before) {
        read.requests().forEach(output::request);
        if (!next.equals(before)) {
            output.keep(next);
        }
        if (read.stale() + read.unreadable() > 0) {
            listener.passedOver(source, read.stale(), read.unreadable());
        }
        if (read.whole()) {
            listener.swept(source, Sweep.COMPLETE);
        }
    }

    /** One line when it begins and one when it ends: each answer names another request, and each application another resource. */
    private void refused(@Nullable String message) {
        if (message != null && refused == null) {
            log.atWarn()
                    .addKeyValue("source", source)
                    .log("Sessions are not swept, lookups go on without: {}", message);
        }
        if (message == null && refused != null) {
            log.atInfo().addKeyValue("source", source).log("AWS lists sessions again");
        }
        refused = message;
    }

    /** A configured application is asked for again: it may be made yet. */
    private void gone(SweptApplication application, String message, Instant now) {
        ApplicationKey key = application.key();
        if (application.stopped()) {
            // AWS may list it again, and the tombstone is to count then.
            keep(application.neededNoMore(), now);
            return;
        }
        if (desk.discovery().applications().contains(key.applicationId())) {
            return;
        }
        log.atWarn().addKeyValue("application", key).log("The application is swept no more: {}", message);
        search.notThere(key, now);
        agenda.drop(key);
        output.drop(key);
        if (application.reason() == SweepReason.PUBLISHED) {
            output.giveUp(key, DeadLetterReason.APPLICATION_NOT_FOUND, message);
        }
    }

    private void take(@Nullable ApplicationListing answer, Instant now) {
        if (answer instanceof ApplicationListing.Page page && page.unreadable() > 0) {
            listener.passedOver(source, 0, page.unreadable());
        }
        search.take(answer, now).forEach(key -> discovered(key, now));
    }

    @Override
    public void close() {
        desk.close();
    }
}
