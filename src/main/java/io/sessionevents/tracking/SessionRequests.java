package io.sessionevents.tracking;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Phase;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sighting;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is asked for of the sessions of one task. Owned by the StreamThread, as long as the task is open. */
final class SessionRequests {
    private static final Logger log = LoggerFactory.getLogger(SessionRequests.class);

    private final Tracking tracking;
    private final KeptSessions sessions;
    private final SettlingSessions settling;
    private final TrackerOutput output;

    /** Applications with a tracked session. */
    private final Set<ApplicationKey> applications = new HashSet<>();

    /** Those of them whose sweeps are to be asked for. */
    private final Queue<ApplicationKey> unswept = new ArrayDeque<>();

    SessionRequests(Tracking tracking, KeptSessions sessions, SettlingSessions settling, TrackerOutput output) {
        this.tracking = tracking;
        this.sessions = sessions;
        this.settling = settling;
        this.output = output;
    }

    /** @param request null: stop, as it comes from the topic */
    void handle(SessionKey key, Request.@Nullable OfSession request) {
        TrackedSession kept = sessions.get(key);
        switch (request) {
            case Request.Track(SessionKey _, Map<String, String> labels) -> track(key, kept, labels);
            case Request.Discover(SessionKey _, Map<String, String> labels, Sighting sighting) ->
                discover(key, kept, labels, sighting);
            case Request.Wake(SessionKey _, Sighting sighting) -> wake(kept, Map.of(), sighting);
            case Request.Stop _ -> stop(key, kept);
            case null -> stop(key, kept);
        }
    }

    private void track(SessionKey key, @Nullable TrackedSession kept, Map<String, String> labels) {
        Instant now = tracking.clock().instant();
        switch (kept == null ? null : kept.phase()) {
            case null -> {
                track(null, TrackedSession.startTracking(key, labels, now));
                noteApplication(key);
            }
            case Phase.Tracked tracked -> track(kept, tracked.requestedAgain(labels));
            case Phase.Stopped stopped -> track(kept, stopped.requestedAgain(labels));
            case Phase.Settling ended -> {
                var _ = label(ended.session(), ended.requestedAgain(labels));
            }
            case Phase.Closed closed when closed.told() -> alreadyEnded(key);
            case Phase.Closed closed -> settle(closed.session(), closed.settledAgain(now));
        }
    }

    private TrackedSession label(TrackedSession kept, TrackedSession next) {
        if (!next.equals(kept)) {
            sessions.keep(kept, next);
        }
        return next;
    }

    private static void alreadyEnded(SessionKey key) {
        log.atDebug().addKeyValue("session", key).log("Published again after its end, nothing to do");
    }

    /** Its usage was not told, because it could not be written or AWS did not show the session: that may be over. */
    private void settle(TrackedSession kept, TrackedSession next) {
        sessions.keep(kept, next);
        settling.plan(next);
    }

    /** What ended longer ago than ended sessions are remembered may have been reported, and forgotten. */
    private void discover(
            SessionKey key, @Nullable TrackedSession kept, Map<String, String> labels, Sighting sighting) {
        Instant now = tracking.clock().instant();
        if (kept != null) {
            // Who published the session without labels means those of its application.
            wake(kept, kept.labels().isEmpty() ? labels : Map.of(), sighting);
        } else if (!sighting.endedBefore(now.minus(tracking.retention()))) {
            track(null, TrackedSession.discovered(key, labels, now));
            tracking.listener().discovered(key.source());
        }
    }

    /** @param labels that it has from now on; none: those that it has */
    private void wake(@Nullable TrackedSession kept, Map<String, String> labels, @Nullable Sighting sighting) {
        switch (kept == null ? null : kept.phase()) {
            case Phase.Tracked tracked ->
                wakeTracked(label(tracked.session(), tracked.requestedAgain(labels)), sighting);
            case Phase.Settling ended -> {
                var _ = label(ended.session(), ended.requestedAgain(labels));
            }
            case Phase.Stopped stopped
            when stopped.givenUp() && sighting != null -> {
                TrackedSession given = stopped.session();
                log.atInfo().addKeyValue("session", given.key()).log("Tracked again, because AWS lists it after all");
                track(given, stopped.requestedAgain(labels));
            }
            case Phase.Stopped _, Phase.Closed _ -> {}
            case null -> {}
        }
    }

    /** What is known already wakes nobody: after a restart the first sweep tells of every session. */
    private void wakeTracked(TrackedSession kept, @Nullable Sighting sighting) {
        TrackedSession.Seen seen = kept.seen();
        if (sighting == null || seen == null || !sighting.knownTo(seen)) {
            sessions.mailbox().wake(kept.key(), ordinary(kept));
            tracking.listener().woken(kept.key().source());
        }
    }

    private void track(@Nullable TrackedSession kept, TrackedSession next) {
        if (!next.equals(kept)) {
            sessions.keep(kept, next);
        }
        sessions.mailbox().lookNow(next.key(), ordinary(next));
    }

    private NextLook ordinary(TrackedSession session) {
        return tracking.schedule().next(session, tracking.clock().instant());
    }

    private void stop(SessionKey key, @Nullable TrackedSession kept) {
        Instant now = tracking.clock().instant();
        switch (kept == null ? null : kept.phase()) {
            case Phase.Tracked tracked -> {
                AlertSteps.Step alerts = tracking.alerts().stopped(tracked.stopped(now), now);
                sessions.keep(kept, alerts.next());
                output.alerts(key, alerts, now);
                sessions.lookNoMore(key);
                tracking.losses().forget(key);
                log.atDebug().addKeyValue("session", key).log("Tracking stopped by a tombstone");
            }
            case Phase.Stopped stopped -> sessions.keep(kept, stopped.stopped(now));
            case Phase.Settling _, Phase.Closed _ -> {}
            case null -> {}
        }
    }

    /** A session of its application is tracked: sweeps of that tell of many sessions at once which of them to look at. */
    void noteApplication(SessionKey key) {
        ApplicationKey application = ApplicationKey.of(key);
        if (applications.add(application)) {
            unswept.add(application);
        }
    }

    /** The next request for sweeps of an application; null if there is none. */
    Request.@Nullable OfApplication nextForSweeps() {
        ApplicationKey application = unswept.poll();
        return application == null ? null : new Request.SweepApplication(application);
    }

    /** Sweeps of an application end when no session of it is said to be tracked any more, so it is said again. */
    void noteApplicationsAgain() {
        applications.clear();
    }
}
