package io.sessionevents.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session has crossed a threshold, or that is over. Times are cut to milliseconds.
 *
 * @param crossing number of the crossing within session and kind, from 1: the same when it is raised and when it is cleared
 * @param raisedAt when a look found the threshold crossed
 * @param over null: the threshold is crossed
 * @param previousLookAt when the look was sent that last found it otherwise; null if none is known
 * @param beganAt since when it is measured; null if the kind measures no time
 * @param threshold in the unit of the kind
 * @param measured in the unit of the kind; null if it is over for another reason than {@link ClearReason#BELOW_THRESHOLD}
 * @param rawState of that look, as AWS sent it; null if no look decided
 * @param sequence of the last event of the session before it, or of the same look
 * @param labels from the publisher of the session id
 */
public record SessionAlert(
        SessionKey key,
        AlertKind kind,
        int crossing,
        Instant raisedAt,
        @Nullable Over over,
        @Nullable Instant previousLookAt,
        @Nullable Instant beganAt,
        double threshold,
        @Nullable Double measured,
        @Nullable String rawState,
        long sequence,
        SessionIdentity identity,
        Map<String, String> labels) {

    public SessionAlert {
        raisedAt = millis(raisedAt);
        previousLookAt = previousLookAt == null ? null : millis(previousLookAt);
        beganAt = beganAt == null ? null : millis(beganAt);
        labels = Map.copyOf(labels);
    }

    /** What a record says of its alert. */
    public enum Status {
        RAISED,
        CLEARED
    }

    /** Why an alert is over. */
    public enum ClearReason {
        /** The session left the state that the kind is about, even if it came back to it. */
        STATE_LEFT,
        /** What is measured is below the threshold, which the configuration may have raised. */
        BELOW_THRESHOLD,
        SESSION_ENDED,
        /** Nobody looks at it any more: a tombstone stopped that, it was given up, or its source is not configured any more. */
        NOT_TRACKED,
        /** The configuration no longer has the kind. */
        SWITCHED_OFF
    }

    /**
     * That it is over.
     *
     * @param at when it was found; cut to milliseconds
     */
    public record Over(Instant at, ClearReason why) {
        public Over {
            at = millis(at);
        }
    }

    public Status status() {
        return over == null ? Status.RAISED : Status.CLEARED;
    }

    /** When that was decided. */
    public Instant decidedAt() {
        return over == null ? raisedAt : over.at();
    }

    /**
     * Name-based (RFC 9562 version 3) over ARN, kind, crossing, {@link #beganAt} and status: the same record, the same id. Where what was
     * kept is lost and crossings are counted anew, the time tells one idle spell from another.
     */
    public UUID alertId() {
        String began = beganAt == null ? "" : Long.toString(beganAt.toEpochMilli());
        String name =
                String.join("\n", identity.arn(), kind.name(), Integer.toString(crossing), began, status().name());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
