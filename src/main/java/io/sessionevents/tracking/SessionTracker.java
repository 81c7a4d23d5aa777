package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Phase;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second stage: tracks the sessions of one task. Owned by the StreamThread, which alone touches the store and forwards
 * and never waits for AWS: lookups are asked for through the {@link TaskMailbox} and their results taken from it in a short
 * punctuation. Whatever is reported is committed at once, so that the event, the store and the input offset become
 * visible together and soon; requests are committed in passing, because their lookups do not wait for it.
 */
final class SessionTracker implements Processor<SessionKey, Request.OfSession, SessionKey, Outgoing> {
    private static final Logger log = LoggerFactory.getLogger(SessionTracker.class);
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);

    private final Tracking tracking;
    private @Nullable Recurrence drain;
    private @Nullable Cancellable hourly;
    private @Nullable ProcessorContext<SessionKey, Outgoing> context;
    private @Nullable TrackerOutput output;
    private @Nullable KeptSessions sessions;
    private @Nullable SessionRequests requests;
    private @Nullable SettlingSessions settling;
    private @Nullable SessionResumption resumption;
    private @Nullable SessionCleaning cleaning;
    private @Nullable PacedCommits commits;

    SessionTracker(Tracking tracking) {
        this.tracking = tracking;
    }

    /** Runs after the store is restored: begins to take up every session that has not ended or settled. */
    @Override
    public void init(ProcessorContext<SessionKey, Outgoing> processorContext) {
        close();
        context = processorContext;
        commits = new PacedCommits(processorContext, tracking.dispatcher().commits());
        sessions = new KeptSessions(
                processorContext.getStateStore(TrackingTopology.STORE),
                tracking.dispatcher().open(processorContext.taskId().partition()));
        output = new TrackerOutput(processorContext, commits, tracking.listener());
        settling = new SettlingSessions(tracking, sessions, output);
        requests = new SessionRequests(tracking, sessions, settling, output);
        resumption = new SessionResumption(tracking, sessions, settling, requests, output);
        cleaning = new SessionCleaning(processorContext, tracking, sessions, commits);
        try {
            log.atInfo().addKeyValue("task", processorContext.taskId()).log("Task opened");
            drain = new Recurrence(
                    processorContext,
                    tracking.drainInterval(),
                    tracking.dispatcher().commits(),
                    this::takeResults);
            hourly = processorContext.schedule(CLEANING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> clean());
        } catch (RuntimeException | Error e) {
            // A mailbox left open would keep its share of the budget, and wait for a thread that is gone.
            close();
            throw e;
        }
    }

    @Override
    public void process(Record<SessionKey, Request.OfSession> input) {
        requireNonNull(resumption).ahead(input.key());
        requests().handle(input.key(), input.value());
        requireNonNull(commits).requestInPassing();
    }

    /** A task that is revived keeps this object, and the punctuations that nobody has cancelled. */
    @Override
    public void close() {
        if (drain != null) {
            drain.close();
            drain = null;
        }
        if (hourly != null) {
            hourly.cancel();
            hourly = null;
        }
        if (cleaning != null) {
            cleaning.close();
            cleaning = null;
        }
        resumption = null;
        requests = null;
        settling = null;
        output = null;
        if (commits != null) {
            commits.close();
            commits = null;
        }
        if (sessions != null) {
            sessions.close();
            sessions = null;
        }
    }

    private void askForSweeps(TimeSlice slice) {
        for (Request.OfApplication next = requests().nextForSweeps();
                next != null;
                next = slice.over() ? null : requests().nextForSweeps()) {
            output().askForSweeps(next, tracking.clock().instant());
            requireNonNull(commits).requestInPassing();
        }
    }

    /** No longer than a slice: results come in as fast as they are taken, and the StreamThread has to poll. */
    private void takeResults() {
        TimeSlice slice = tracking.slice();
        askForSweeps(slice);
        var mailbox = sessions().mailbox();
        if (mailbox.commitForgotten()) {
            context().commit();
        }
        for (LookupResult result = mailbox.poll(); result != null; result = slice.over() ? null : mailbox.poll()) {
            TrackedSession kept = sessions().get(result.key());
            switch (kept == null ? null : kept.phase()) {
                case Phase.Tracked(TrackedSession tracked) -> take(tracked, result);
                case Phase.Settling(TrackedSession ended) -> settle(ended, result);
                case Phase.Stopped _, Phase.Closed _ -> {}
                case null -> {}
            }
        }
        requireNonNull(resumption).goOn(slice.later());
    }

    private void take(TrackedSession kept, LookupResult result) {
        // The queue's own, of which there need not be another in memory.
        SessionKey key = result.key();
        LookupHistory before = sessions().recent(key);
        SessionStep alone = tracking.steps().after(kept, before, result);
        switch (tracking.losses().judge(kept, before, result, alone)) {
            case SessionStep.LookAgain(LookupHistory recent, NextLook look) -> {
                sessions().remember(key, recent);
                sessions().mailbox().lookAt(key, look);
            }
            case SessionStep.Alert(AlertSteps.Step alerts, LookupHistory recent, NextLook look) -> {
                sessions().keep(kept, alerts.next());
                output().alerts(key, alerts, result.answeredAt().at());
                sessions().remember(key, recent);
                sessions().mailbox().lookOnceCommitted(key, look);
            }
            case SessionStep.Report report -> report(kept, report);
            case SessionStep.GiveUp giveUp ->
                giveUp(kept, giveUp, result.answeredAt().at());
        }
    }

    private void settle(TrackedSession ended, LookupResult result) {
        requireNonNull(settling).take(ended, result);
        requireNonNull(commits).requestInPassing();
    }

    private void report(TrackedSession kept, SessionStep.Report report) {
        SessionKey key = kept.key();
        sessions().keep(kept, report.next());
        output().change(report.change(), report.event());
        output().alerts(key, report.alerts(), report.change().observedAt());
        if (report.look() == null) {
            sessions().lookNoMore(key);
            requireNonNull(settling).plan(report.next());
        } else {
            sessions().remember(key, report.recent());
            sessions().mailbox().lookOnceCommitted(key, report.look());
        }
    }

    private void giveUp(TrackedSession kept, SessionStep.GiveUp step, Instant now) {
        sessions().keep(kept, step.alerts().next());
        output().deadLetter(kept.key(), step.reason(), step.message(), now);
        output().alerts(kept.key(), step.alerts(), now);
        sessions().lookNoMore(kept.key());
    }

    private void clean() {
        requests().noteApplicationsAgain();
        requireNonNull(cleaning).begin();
    }

    private ProcessorContext<SessionKey, Outgoing> context() {
        return requireNonNull(context);
    }

    private KeptSessions sessions() {
        return requireNonNull(sessions);
    }

    private TrackerOutput output() {
        return requireNonNull(output);
    }

    private SessionRequests requests() {
        return requireNonNull(requests);
    }
}
