package io.sessionevents.avro;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionAlert.Over;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.SessionKey;
import io.sessionevents.v1.AlertStatus;
import io.sessionevents.v1.AlertUnit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the domain and the public record of an alert. */
public final class AlertEvents {
    static final String TAGS = "tags";
    static final String LABELS = "labels";

    private AlertEvents() {}

    /** The record, whole. */
    public static io.sessionevents.v1.SessionAlert event(SessionAlert alert) {
        return event(alert, List.of());
    }

    /** The record without those parts, by the names of their fields. */
    static io.sessionevents.v1.SessionAlert event(SessionAlert alert, List<String> omitted) {
        SessionIdentity identity = alert.identity();
        Over over = alert.over();
        Optional<SessionArn> arn = UsageEvents.arn(identity.arn());
        return io.sessionevents.v1.SessionAlert.newBuilder()
                .setAlertId(alert.alertId())
                .setKind(io.sessionevents.v1.AlertKind.valueOf(alert.kind().name()))
                .setStatus(AlertStatus.valueOf(alert.status().name()))
                .setCrossing(alert.crossing())
                .setRaisedAt(alert.raisedAt())
                .setClearedAt(over == null ? null : over.at())
                .setClearReason(
                        over == null
                                ? null
                                : io.sessionevents.v1.ClearReason.valueOf(
                                        over.why().name()))
                .setPreviousLookAt(alert.previousLookAt())
                .setBeganAt(alert.beganAt())
                .setThreshold(alert.threshold())
                .setMeasured(alert.measured())
                .setUnit(AlertUnit.valueOf(alert.kind().unit().name()))
                .setRawState(alert.rawState())
                .setSequence(alert.sequence())
                .setApplicationId(alert.key().applicationId())
                .setSessionId(alert.key().sessionId())
                .setSource(alert.key().source())
                .setAccountId(arn.map(SessionArn::account).orElse(null))
                .setRegion(arn.map(SessionArn::region).orElse(null))
                .setArn(identity.arn())
                .setName(identity.name())
                .setCreatedBy(identity.createdBy())
                .setExecutionRoleArn(identity.executionRoleArn())
                .setReleaseLabel(identity.releaseLabel())
                .setTags(omitted.contains(TAGS) ? null : identity.tags())
                .setLabels(omitted.contains(LABELS) ? Map.of() : alert.labels())
                .setOmitted(omitted)
                .build();
    }

    /**
     * The alert that a record tells of.
     *
     * @return empty if a newer version wrote of a kind, a status or a reason that this one does not know
     */
    public static Optional<SessionAlert> alert(io.sessionevents.v1.SessionAlert event) {
        Instant clearedAt = event.getClearedAt();
        AlertKind kind = kind(event.getKind());
        ClearReason why = why(event.getClearReason());
        boolean known = switch (event.getStatus()) {
            case RAISED -> clearedAt == null;
            case CLEARED -> clearedAt != null && why != null;
            case UNKNOWN -> false;
        };
        if (kind == null || !known) {
            return Optional.empty();
        }
        return Optional.of(new SessionAlert(
                new SessionKey(event.getSource(), event.getApplicationId(), event.getSessionId()),
                kind,
                event.getCrossing(),
                event.getRaisedAt(),
                clearedAt == null || why == null ? null : new Over(clearedAt, why),
                event.getPreviousLookAt(),
                event.getBeganAt(),
                event.getThreshold(),
                event.getMeasured(),
                event.getRawState(),
                event.getSequence(),
                new SessionIdentity(
                        event.getArn(),
                        event.getName(),
                        event.getCreatedBy(),
                        event.getExecutionRoleArn(),
                        event.getReleaseLabel(),
                        event.getTags()),
                event.getLabels()));
    }

    private static @Nullable AlertKind kind(io.sessionevents.v1.AlertKind kind) {
        return switch (kind) {
            case IDLE -> AlertKind.IDLE;
            case STARTING -> AlertKind.STARTING;
            case CAP -> AlertKind.CAP;
            case BILLED_VCPU_HOURS -> AlertKind.BILLED_VCPU_HOURS;
            case UNKNOWN -> null;
        };
    }

    private static @Nullable ClearReason why(io.sessionevents.v1.@Nullable ClearReason why) {
        return switch (why) {
            case STATE_LEFT -> ClearReason.STATE_LEFT;
            case BELOW_THRESHOLD -> ClearReason.BELOW_THRESHOLD;
            case SESSION_ENDED -> ClearReason.SESSION_ENDED;
            case NOT_TRACKED -> ClearReason.NOT_TRACKED;
            case SWITCHED_OFF -> ClearReason.SWITCHED_OFF;
            case UNKNOWN -> null;
            case null -> null;
        };
    }
}
