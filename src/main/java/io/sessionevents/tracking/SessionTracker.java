package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.calls.TaskMailbox;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Phase;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sighting;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second stage: tracks the sessions of one task. Owned by the StreamThread, which alone touches the store and forwards
 * and never waits for AWS: lookups are asked for through the {@link TaskMailbox} and their results taken from it in a short
 * punctuation. Whatever is reported is committed at once, so that the event, the store and the input offset become
 * visible together and soon.
 */
final class SessionTracker implements Processor<SessionKey, Request.OfSession, SessionKey, Outgoing> {
    private static final Logger log = LoggerFactory.getLogger(SessionTracker.class);
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);

    private final Tracking tracking;
    private final Map<SessionKey, LookupHistory> recently = new HashMap<>();

    /** Applications with a tracked session. */
    private final Set<ApplicationKey> applications = new HashSet<>();

    /** Those of them whose sweeps are to be asked for. */
    private final Queue<ApplicationKey> unswept = new ArrayDeque<>();

    private final List<Cancellable> punctuations = new ArrayList<>();
    private @Nullable ProcessorContext<SessionKey, Outgoing> context;
    private @Nullable KeyValueStore<SessionKey, TrackedSession> store;
    private @Nullable TaskMailbox mailbox;
    private @Nullable PacedCommits commits;

    SessionTracker(Tracking tracking) {
        this.tracking = tracking;
    }

    /** Runs after the store is restored: takes up every session that has not ended, the longest unseen first. */
    @Override
    public void init(ProcessorContext<SessionKey, Outgoing> processorContext) {
        close();
        context = processorContext;
        commits = new PacedCommits(processorContext);
        store = processorContext.getStateStore(TrackingTopology.STORE);
        mailbox = tracking.dispatcher().open(processorContext.taskId().partition());
        try {
            int resumed = resume();
            log.atInfo()
                    .addKeyValue("task", processorContext.taskId())
                    .addKeyValue("sessions", resumed)
                    .log("Task opened");
            punctuate(processorContext, tracking.drainInterval(), this::takeResults);
            punctuate(processorContext, CLEANING_INTERVAL, this::forgetOldSessions);
        } catch (RuntimeException | Error e) {
            // A mailbox left open would keep its share of the budget, and wait for a thread that is gone.
            close();
            throw e;
        }
    }

    private void punctuate(ProcessorContext<?, ?> processorContext, Duration interval, Runnable action) {
        punctuations.add(processorContext.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> action.run()));
    }

    private int resume() {
        List<TrackedSession> tracked = new ArrayList<>();
        try (KeyValueIterator<SessionKey, TrackedSession> all = store().all()) {
            all.forEachRemaining(entry -> tracked.add(entry.value));
        }
        tracked.removeIf(kept -> !kept.tracked());
        tracked.sort(Comparator.comparing(TrackedSession::lastOfUse));
        Instant now = tracking.clock().instant();
        tracked.forEach(kept -> {
            note(ApplicationKey.of(kept.key()));
            mailbox().kept(null, kept);
            mailbox().lookAt(kept.key(), tracking.schedule().atOnce(kept, now));
        });
        return tracked.size();
    }

    @Override
    public void process(Record<SessionKey, Request.OfSession> input) {
        SessionKey key = input.key();
        TrackedSession kept = store().get(key);
        switch (input.value()) {
            case Request.Track(SessionKey _, Map<String, String> labels) -> track(key, kept, labels);
            case Request.Discover(SessionKey _, Map<String, String> labels, Sighting sighting) ->
                discover(key, kept, labels, sighting);
            case Request.Wake(SessionKey _, Sighting sighting) -> wake(kept, sighting);
            case Request.Stop _ -> stop(key, kept);
            case null -> stop(key, kept);
        }
        requireNonNull(commits).request();
    }

    /** A task that is revived keeps this object, and the punctuations that nobody has cancelled. */
    @Override
    public void close() {
        punctuations.forEach(Cancellable::cancel);
        punctuations.clear();
        recently.clear();
        applications.clear();
        unswept.clear();
        if (commits != null) {
            commits.close();
            commits = null;
        }
        if (mailbox != null) {
            mailbox.close();
            mailbox = null;
        }
    }

    private void track(SessionKey key, @Nullable TrackedSession kept, Map<String, String> labels) {
        Instant now = tracking.clock().instant();
        switch (kept == null ? null : kept.phase()) {
            case null -> {
                track(null, TrackedSession.startTracking(key, labels, now));
                note(ApplicationKey.of(key));
            }
            case Phase.Tracked tracked -> track(kept, tracked.requestedAgain(labels));
            case Phase.Stopped stopped -> track(kept, stopped.requestedAgain(labels));
            case Phase.Ended _ ->
                log.atDebug().addKeyValue("session", key).log("Published again after its end, nothing to do");
        }
    }

    /** What ended longer ago than ended sessions are remembered may have been reported, and forgotten. */
    private void discover(
            SessionKey key, @Nullable TrackedSession kept, Map<String, String> labels, Sighting sighting) {
        Instant now = tracking.clock().instant();
        if (kept != null) {
            wake(kept, sighting);
        } else if (!sighting.endedBefore(now.minus(tracking.retention()))) {
            track(null, TrackedSession.discovered(key, labels, now));
            tracking.listener().discovered(key.source());
        }
    }

    /** What is known already wakes nobody: after a restart the first sweep tells of every session. */
    private void wake(@Nullable TrackedSession kept, @Nullable Sighting sighting) {
        if (kept == null || !kept.tracked()) {
            return;
        }
        TrackedSession.Seen seen = kept.seen();
        if (sighting == null || seen == null || !sighting.knownTo(seen)) {
            mailbox()
                    .lookNow(
                            kept.key(),
                            tracking.schedule().next(kept, tracking.clock().instant()));
            tracking.listener().woken(kept.key().source());
        }
    }

    private void track(@Nullable TrackedSession kept, TrackedSession next) {
        if (!next.equals(kept)) {
            keep(kept, next);
        }
        NextLook ordinary = tracking.schedule().next(next, tracking.clock().instant());
        mailbox().lookNow(next.key(), ordinary);
    }

    private void stop(SessionKey key, @Nullable TrackedSession kept) {
        if (kept != null && kept.phase() instanceof Phase.Tracked tracked) {
            keep(kept, tracked.stopped(tracking.clock().instant()));
            forget(key);
            tracking.losses().forget(key);
            log.atInfo().addKeyValue("session", key).log("Tracking stopped by a tombstone");
        }
    }

    private void note(ApplicationKey application) {
        if (applications.add(application)) {
            unswept.add(application);
        }
    }

    /** A sweep tells of many sessions at once which of them to look at. */
    private void askForSweeps() {
        for (ApplicationKey application = unswept.poll(); application != null; application = unswept.poll()) {
            var request = new Outgoing.ForApplication(new Request.SweepApplication(application));
            long now = tracking.clock().instant().toEpochMilli();
            context().forward(new Record<>(application.session("0"), request, now));
            requireNonNull(commits).request();
        }
    }

    private void takeResults() {
        askForSweeps();
        if (mailbox().commitForgotten()) {
            context().commit();
        }
        for (LookupResult result = mailbox().poll();
                result != null;
                result = mailbox().poll()) {
            TrackedSession kept = store().get(result.key());
            if (kept != null && kept.tracked()) {
                take(kept, result);
            }
        }
    }

    private void take(TrackedSession kept, LookupResult result) {
        SessionKey key = kept.key();
        LookupHistory before = recently.getOrDefault(key, LookupHistory.NOTHING);
        SessionStep alone = tracking.steps().after(kept, before, result);
        switch (tracking.losses().judge(kept, before, result, alone)) {
            case SessionStep.LookAgain(LookupHistory recent, NextLook look) -> {
                recently.put(key, recent);
                mailbox().lookAt(key, look);
            }
            case SessionStep.Report report -> report(kept, report);
            case SessionStep.GiveUp giveUp ->
                giveUp(kept, giveUp, result.answeredAt().at());
        }
    }

    private void report(TrackedSession kept, SessionStep.Report report) {
        SessionKey key = kept.key();
        keep(kept, report.next());
        var event = report.event();
        long timestamp = report.change().observedAt().toEpochMilli();
        context().forward(new Record<>(key, new Outgoing.Change(event.value()), timestamp, event.headers()));
        context().commit();
        tracking.listener().changed(report.change());
        if (report.look() == null) {
            forget(key);
        } else {
            recently.put(key, report.recent());
            mailbox().lookOnceCommitted(key, report.look());
        }
    }

    private void giveUp(TrackedSession kept, SessionStep.GiveUp step, Instant now) {
        SessionKey key = kept.key();
        log.atWarn()
                .addKeyValue("session", key)
                .addKeyValue("reason", step.reason().code())
                .log(step.message());
        keep(kept, step.next());
        byte[] text = key.toString().getBytes(UTF_8);
        Headers headers = DeadLetterHeaders.ofLookup(step.reason(), step.message());
        context().forward(new Record<>(key, new Outgoing.DeadLetter(text, text), now.toEpochMilli(), headers));
        context().commit();
        tracking.listener().deadLettered(step.reason());
        forget(key);
    }

    private void keep(@Nullable TrackedSession kept, TrackedSession next) {
        store().put(next.key(), next);
        mailbox().kept(kept, next);
    }

    private void forget(SessionKey key) {
        recently.remove(key);
        mailbox().forget(key);
    }

    private void forgetOldSessions() {
        // Their sweeps end when no session is said to be tracked any more.
        applications.clear();
        Instant limit = tracking.clock().instant().minus(tracking.retention());
        try (KeyValueIterator<SessionKey, TrackedSession> all = store().all()) {
            while (all.hasNext()) {
                KeyValue<SessionKey, TrackedSession> entry = all.next();
                if (!entry.value.tracked() && entry.value.lastOfUse().isBefore(limit)) {
                    store().delete(entry.key);
                }
            }
        }
    }

    private ProcessorContext<SessionKey, Outgoing> context() {
        return requireNonNull(context);
    }

    private KeyValueStore<SessionKey, TrackedSession> store() {
        return requireNonNull(store);
    }

    private TaskMailbox mailbox() {
        return requireNonNull(mailbox);
    }
}
