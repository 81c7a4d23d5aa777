package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sessionevents.session.Decision;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Recent;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KeyValue;
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
 * Second stage: follows the sessions of one task. Owned by the StreamThread, which alone touches the store and forwards
 * and never waits for AWS: lookups are asked for through the {@link LookupLane} and their results taken from it in a short
 * punctuation. Whatever is reported is committed at once, so that the event, the store and the input offset become
 * visible together and soon.
 */
final class SessionTracker implements Processor<SessionKey, Request, SessionKey, Outgoing> {
    private static final Logger log = LoggerFactory.getLogger(SessionTracker.class);
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);

    private final Tracking tracking;
    private final Map<SessionKey, Recent> recently = new HashMap<>();
    private @Nullable ProcessorContext<SessionKey, Outgoing> context;
    private @Nullable KeyValueStore<SessionKey, TrackedSession> store;
    private @Nullable LookupLane lane;
    private @Nullable PacedCommits commits;

    /**
     * What the trackers of all tasks share.
     *
     * @param retention how long an ended or stopped session is remembered
     * @param drainInterval how often results are taken in
     */
    record Tracking(
            LookupDispatcher dispatcher,
            TransitionDetector detector,
            LookupSchedule schedule,
            Duration retention,
            Duration drainInterval,
            InstantSource clock) {
        TrackingListener listener() {
            return dispatcher.listener();
        }
    }

    SessionTracker(Tracking tracking) {
        this.tracking = tracking;
    }

    /** Runs after the store is restored: takes up every session that has not ended, the longest unseen first. */
    @Override
    public void init(ProcessorContext<SessionKey, Outgoing> processorContext) {
        context = processorContext;
        commits = new PacedCommits(processorContext);
        store = processorContext.getStateStore(TrackingTopology.STORE);
        lane = tracking.dispatcher().open();
        recently.clear();
        int resumed = resume();
        log.atInfo()
                .addKeyValue("task", processorContext.taskId())
                .addKeyValue("sessions", resumed)
                .log("Task opened");
        processorContext.schedule(
                tracking.drainInterval(), PunctuationType.WALL_CLOCK_TIME, timestamp -> takeResults());
        processorContext.schedule(CLEANING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, timestamp -> forgetOldSessions());
    }

    private int resume() {
        List<TrackedSession> followed = new ArrayList<>();
        try (KeyValueIterator<SessionKey, TrackedSession> all = store().all()) {
            all.forEachRemaining(entry -> followed.add(entry.value));
        }
        followed.removeIf(kept -> !kept.followed());
        followed.sort(Comparator.comparing(TrackedSession::lastOfUse));
        Instant now = tracking.clock().instant();
        followed.forEach(kept -> {
            lane().kept(null, kept);
            lane().lookAt(kept.key(), tracking.schedule().atOnce(kept, now));
        });
        return followed.size();
    }

    @Override
    public void process(Record<SessionKey, Request> input) {
        SessionKey key = input.key();
        TrackedSession kept = store().get(key);
        if (input.value() instanceof Request.Follow(SessionKey _, Map<String, String> labels)) {
            follow(key, kept, labels);
        } else {
            stop(key, kept);
        }
        requireNonNull(commits).request();
    }

    @Override
    public void close() {
        if (lane != null) {
            lane.close();
        }
    }

    private void follow(SessionKey key, @Nullable TrackedSession kept, Map<String, String> labels) {
        if (kept != null && kept.ended()) {
            log.atDebug().addKeyValue("session", key).log("Published again after its end, nothing to do");
            return;
        }
        TrackedSession next = kept == null
                ? TrackedSession.startFollowing(key, labels, tracking.clock().instant())
                : kept.requestedAgain(labels);
        if (!next.equals(kept)) {
            keep(kept, next);
        }
        lookNow(next);
    }

    private void stop(SessionKey key, @Nullable TrackedSession kept) {
        if (kept != null && kept.followed()) {
            keep(kept, kept.stopped(tracking.clock().instant()));
            forget(key);
            log.atInfo().addKeyValue("session", key).log("Following stopped by a tombstone");
        }
    }

    private void takeResults() {
        for (LookupResult result = lane().poll(); result != null; result = lane().poll()) {
            TrackedSession kept = store().get(result.key());
            if (kept != null && kept.followed()) {
                settle(kept, result);
            }
        }
    }

    private void settle(TrackedSession kept, LookupResult result) {
        SessionKey key = result.key();
        Instant now = result.observedAt();
        Recent before = recently.getOrDefault(key, Recent.NOTHING);
        Recent recent = before.after(kept, result.outcome(), now);
        recently.put(key, recent);
        switch (tracking.detector().decide(kept, recent, before.observedAt(), result.outcome(), now)) {
            case Decision.Changed changed -> report(kept, changed, now);
            case Decision.Unchanged unchanged -> {
                if (unchanged.why() != Decision.Unchanged.Why.SAME_STATE) {
                    log.atInfo().addKeyValue("session", key).log("Answer ignored: {}", unchanged.why());
                }
                lane().lookAt(key, tracking.schedule().next(kept, now));
            }
            case Decision.Missing missing -> lookLater(kept, recent, result);
            case Decision.BackOff backOff -> lookLater(kept, recent, result);
            case Decision.Lost lost -> giveUp(kept, lost, now);
        }
    }

    private void report(TrackedSession kept, Decision.Changed changed, Instant now) {
        TrackedSession next = changed.next();
        keep(kept, next);
        context().forward(new Record<>(next.key(), new Outgoing.Change(changed.change()), now.toEpochMilli()));
        context().commit();
        tracking.listener().changed(changed.change());
        if (next.ended()) {
            forget(next.key());
        } else {
            lane().lookAt(next.key(), tracking.schedule().next(next, now));
        }
    }

    private void lookLater(TrackedSession kept, Recent recent, LookupResult result) {
        lane().lookAt(kept.key(), tracking.schedule().afterFailure(kept, recent, result.outcome()));
    }

    private void giveUp(TrackedSession kept, Decision.Lost lost, Instant now) {
        SessionKey key = lost.next().key();
        log.atWarn()
                .addKeyValue("session", key)
                .addKeyValue("reason", lost.reason().code())
                .log(lost.message());
        keep(kept, lost.next());
        byte[] text = key.toString().getBytes(UTF_8);
        Headers headers = DeadLetterHeaders.ofLookup(lost.reason(), lost.message());
        context().forward(new Record<>(key, new Outgoing.DeadLetter(text, text), now.toEpochMilli(), headers));
        context().commit();
        tracking.listener().deadLettered(lost.reason());
        forget(key);
    }

    private void keep(@Nullable TrackedSession kept, TrackedSession next) {
        store().put(next.key(), next);
        lane().kept(kept, next);
    }

    private void lookNow(TrackedSession kept) {
        lane().lookNow(
                        kept.key(),
                        tracking.schedule().next(kept, tracking.clock().instant()));
    }

    private void forget(SessionKey key) {
        recently.remove(key);
        lane().forget(key);
    }

    private void forgetOldSessions() {
        Instant limit = tracking.clock().instant().minus(tracking.retention());
        try (KeyValueIterator<SessionKey, TrackedSession> all = store().all()) {
            while (all.hasNext()) {
                KeyValue<SessionKey, TrackedSession> entry = all.next();
                if (!entry.value.followed() && entry.value.lastOfUse().isBefore(limit)) {
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

    private LookupLane lane() {
        return requireNonNull(lane);
    }
}
