package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one tracked session; immutable.
 *
 * @param labels from the publisher of the session id
 * @param origin how the service came to track it first
 * @param trackedAt when the service first heard of the session
 * @param stoppedAt when a tombstone stopped tracking, it could not be reported, or it was given up; null if it goes on
 * @param givenUp whether it was given up because AWS did not show it: a listing that does may have it tracked again
 * @param sequence number of the last event; 0 if there was none
 * @param seen the part of the last reported look that decides about the next change; null if there was none
 * @param settlement of its usage; null until it has ended, and if a version ended it that did not settle
 * @param alerts what is raised, and what was
 */
public record TrackedSession(
        SessionKey key,
        Map<String, String> labels,
        Origin origin,
        Instant trackedAt,
        @Nullable Instant stoppedAt,
        boolean givenUp,
        long sequence,
        @Nullable Seen seen,
        @Nullable Settlement settlement,
        AlertState alerts) {

    public TrackedSession {
        labels = Map.copyOf(labels);
    }

    /** A session that is not being settled, and had no alerts. */
    public TrackedSession(
            SessionKey key,
            Map<String, String> labels,
            Origin origin,
            Instant trackedAt,
            @Nullable Instant stoppedAt,
            long sequence,
            @Nullable Seen seen) {
        this(key, labels, origin, trackedAt, stoppedAt, false, sequence, seen, null, AlertState.NONE);
    }

    /** A session that was just published. */
    public static TrackedSession startTracking(SessionKey key, Map<String, String> labels, Instant now) {
        return new TrackedSession(key, labels, Origin.PUBLISHED, now, null, 0, null);
    }

    /**
     * A session that a sweep has just found.
     *
     * @param labels of its application
     */
    public static TrackedSession discovered(SessionKey key, Map<String, String> labels, Instant now) {
        return new TrackedSession(key, labels, Origin.DISCOVERED, now, null, 0, null);
    }

    /** Where it stands with the service, and what may become of it there. */
    public Phase phase() {
        if (ended()) {
            return settling() ? new Phase.Settling(this) : new Phase.Closed(this);
        }
        return stoppedAt == null ? new Phase.Tracked(this) : new Phase.Stopped(this);
    }

    /** Whether the session still has to be looked up. */
    public boolean tracked() {
        return stoppedAt == null && !ended();
    }

    /** Whether the terminal state was reported. */
    public boolean ended() {
        return seen != null && seen.state().terminal();
    }

    /** Whether it has ended and its usage still has to be looked at. */
    public boolean settling() {
        return ended() && (settlement == null || !settlement.closed());
    }

    TrackedSession trackedOn(Map<String, String> newerLabels) {
        TrackedSession kept = labelled(newerLabels);
        return new TrackedSession(key, kept.labels, origin, trackedAt, null, false, sequence, seen, settlement, alerts);
    }

    TrackedSession labelled(Map<String, String> newerLabels) {
        Map<String, String> kept = newerLabels.isEmpty() ? labels : newerLabels;
        return new TrackedSession(key, kept, origin, trackedAt, stoppedAt, givenUp, sequence, seen, settlement, alerts);
    }

    TrackedSession stopped(Instant now) {
        return stopped(now, false);
    }

    TrackedSession givenUp(Instant now) {
        return stopped(now, true);
    }

    private TrackedSession stopped(Instant now, boolean byNobody) {
        return new TrackedSession(key, labels, origin, trackedAt, now, byNobody, sequence, seen, settlement, alerts);
    }

    public TrackedSession withSettlement(@Nullable Settlement next) {
        return new TrackedSession(key, labels, origin, trackedAt, stoppedAt, givenUp, sequence, seen, next, alerts);
    }

    public TrackedSession withAlerts(AlertState next) {
        return new TrackedSession(key, labels, origin, trackedAt, stoppedAt, givenUp, sequence, seen, settlement, next);
    }

    /**
     * Whether it need not be remembered any longer. One that was stopped may live on and be listed, so it is remembered for as long as a
     * session can live.
     *
     * @param retention of ended sessions
     */
    public boolean over(Instant now, Duration retention) {
        if (tracked() || (settling() && settlement != null)) {
            return false;
        }
        Duration least = SweptApplication.LONGEST_SESSION;
        Duration kept = ended() || retention.compareTo(least) > 0 ? retention : least;
        return lastOfUse().isBefore(now.minus(kept));
    }

    /** When the entry was last of use: its retention counts from here. */
    public Instant lastOfUse() {
        if (stoppedAt != null) {
            return stoppedAt;
        }
        if (seen == null) {
            return trackedAt;
        }
        return settlement != null && settlement.answeredAt().isAfter(seen.observedAt())
                ? settlement.answeredAt()
                : seen.observedAt();
    }

    /**
     * The part of a reported session that decides about the next change.
     *
     * @param rawState as AWS sent it
     * @param askedAt when the lookup that found it was sent
     * @param observedAt when that lookup was answered
     * @param idleTimeoutMinutes minutes
     */
    public record Seen(
            String rawState,
            Instant askedAt,
            Instant observedAt,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant idleSince,
            @Nullable Long idleTimeoutMinutes) {

        static Seen of(Session session, Instant askedAt, Instant observedAt) {
            return new Seen(
                    session.state(),
                    askedAt,
                    observedAt,
                    session.createdAt(),
                    session.updatedAt(),
                    session.startedAt(),
                    session.idleSince(),
                    session.idleTimeoutMinutes());
        }

        public SessionState state() {
            return SessionState.of(rawState);
        }
    }
}
