package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one application that is swept; immutable.
 *
 * @param labels from its publisher, for the sessions that are discovered in it
 * @param since when the service first heard of it
 * @param neededAt when a session of it was last said to be tracked; long ago if none was
 * @param stopped whether a tombstone ended its tracking
 * @param completeAt when the last whole listing began, those that had ended included, that found something; null: none yet
 */
public record SweptApplication(
        ApplicationKey key,
        SweepReason reason,
        Map<String, String> labels,
        Instant since,
        Instant neededAt,
        boolean stopped,
        @Nullable Instant completeAt) {
    /** AWS terminates every session after 24 hours; an hour for clocks and delays. */
    static final Duration LONGEST_SESSION = LookupSchedule.LONGEST_SESSION.plusHours(1);

    /** A note that a session is tracked is kept no more exactly than that, so that a flood of them is one write. */
    static final Duration NOTED = Duration.ofHours(1);

    public SweptApplication {
        labels = Map.copyOf(labels);
    }

    /** One that was just heard of. */
    public static SweptApplication first(
            ApplicationKey key, SweepReason reason, Map<String, String> labels, Instant now) {
        return new SweptApplication(key, reason, labels, now, now, false, null);
    }

    /**
     * What a request makes of it.
     *
     * @param kept null: it was not heard of before
     * @return what is kept from now on
     */
    public static SweptApplication after(@Nullable SweptApplication kept, Request.OfApplication request, Instant now) {
        return switch (request) {
            case Request.TrackApplication(ApplicationKey key, Map<String, String> labels) ->
                kept == null ? first(key, SweepReason.PUBLISHED, labels, now) : kept.published(labels);
            case Request.SweepApplication(ApplicationKey key) ->
                kept == null ? first(key, SweepReason.SESSION, Map.of(), now) : kept.needed(now);
            // It may yet be discovered, and stays stopped then.
            case Request.StopApplication(ApplicationKey key) ->
                (kept == null ? first(key, SweepReason.SESSION, Map.of(), now).neededNoMore() : kept).stopTracking(now);
        };
    }

    /** Published, for the first time or again: tracked under the newer labels, if there are any. */
    SweptApplication published(Map<String, String> newerLabels) {
        Map<String, String> kept = newerLabels.isEmpty() ? labels : newerLabels;
        return new SweptApplication(key, SweepReason.PUBLISHED, kept, since, neededAt, false, completeAt);
    }

    /** Found in the list of the applications, or in the configuration; what a tombstone has stopped stays so. */
    public SweptApplication discovered() {
        return reason == SweepReason.SESSION
                ? new SweptApplication(key, SweepReason.DISCOVERED, labels, since, neededAt, stopped, completeAt)
                : this;
    }

    /** Neither configured any more, nor meant by the list of the applications: its sweeps only wake. */
    public SweptApplication discoveredNoMore() {
        return new SweptApplication(key, SweepReason.SESSION, labels, since, neededAt, stopped, completeAt);
    }

    /** A session of it is tracked. */
    SweptApplication needed(Instant now) {
        return now.isBefore(neededAt.plus(NOTED))
                ? this
                : new SweptApplication(key, reason, labels, since, now, stopped, completeAt);
    }

    /** No session of it is tracked. */
    public SweptApplication neededNoMore() {
        return new SweptApplication(key, reason, labels, since, Instant.EPOCH, stopped, completeAt);
    }

    /** A tombstone ended its tracking; the sessions that were discovered in it are tracked to their end. */
    SweptApplication stopTracking(Instant now) {
        return new SweptApplication(key, reason, labels, since, tracked() ? now : neededAt, true, completeAt);
    }

    /** Listed to the end, from that moment on. */
    public SweptApplication complete(Instant began) {
        return new SweptApplication(key, reason, labels, since, neededAt, stopped, began);
    }

    /** Whether sessions that are not tracked yet are discovered in it. */
    public boolean tracked() {
        return !stopped && reason != SweepReason.SESSION;
    }

    /** Whether it is swept at all. */
    public boolean swept(Instant now) {
        return tracked() || now.isBefore(neededAt.plus(LONGEST_SESSION).plus(NOTED));
    }
}
