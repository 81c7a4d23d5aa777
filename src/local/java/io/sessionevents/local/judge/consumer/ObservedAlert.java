package io.sessionevents.local.judge.consumer;

import io.sessionevents.local.simulator.SessionKey;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of the topic of alerts as a consumer sees it, reduced to what the guarantees speak of.
 *
 * @param clearedAt null: it is not over
 * @param clearReason null: it is not over
 * @param previousLookAt null: none is known
 * @param beganAt null: the kind measures no time
 * @param measured null: it is over, and was not measured
 */
public record ObservedAlert(
        String alertId,
        SessionKey key,
        String kind,
        String status,
        int crossing,
        Instant raisedAt,
        @Nullable Instant clearedAt,
        @Nullable String clearReason,
        @Nullable Instant previousLookAt,
        @Nullable Instant beganAt,
        double threshold,
        @Nullable Double measured) {
    private static final String RAISED = "RAISED";
    private static final String CLEARED = "CLEARED";

    /** From a record of the topic, generic or specific. */
    public static ObservedAlert of(IndexedRecord alert) {
        return new ObservedAlert(
                Fields.text(alert, "alertId"),
                ObservedChange.key(alert),
                Fields.text(alert, "kind"),
                Fields.text(alert, "status"),
                (Integer) Fields.required(alert, "crossing"),
                Fields.instant(Fields.required(alert, "raisedAt")),
                instantOrNull(alert, "clearedAt"),
                Fields.textOrNull(alert, "clearReason"),
                instantOrNull(alert, "previousLookAt"),
                instantOrNull(alert, "beganAt"),
                (Double) Fields.required(alert, "threshold"),
                (Double) Fields.optional(alert, "measured"));
    }

    public boolean raised() {
        return status.equals(RAISED);
    }

    public boolean cleared() {
        return status.equals(CLEARED);
    }

    private static @Nullable Instant instantOrNull(IndexedRecord alert, String member) {
        Object value = Fields.optional(alert, member);
        return value == null ? null : Fields.instant(value);
    }
}
