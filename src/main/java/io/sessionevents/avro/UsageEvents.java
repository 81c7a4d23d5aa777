package io.sessionevents.avro;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.v1.FinalState;
import io.sessionevents.v1.SessionUsage;
import io.sessionevents.v1.UsageAmounts;
import io.sessionevents.v1.UsageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the domain to the public record of usage. */
public final class UsageEvents {
    static final String TAGS = "tags";
    static final String LABELS = "labels";

    private UsageEvents() {}

    /** The record, whole. */
    public static SessionUsage event(UsageRecord usage) {
        return event(usage, List.of());
    }

    /** The record without those parts, by the names of their fields. */
    static SessionUsage event(UsageRecord usage, List<String> omitted) {
        SessionIdentity identity = usage.identity();
        Optional<SessionArn> arn = arn(identity.arn());
        return SessionUsage.newBuilder()
                .setUsageId(usage.usageId())
                .setRevision(usage.revision())
                .setStatus(UsageStatus.valueOf(usage.status().name()))
                .setSettledAt(usage.settledAt())
                .setUnchangedSince(usage.unchangedSince())
                .setLooks(usage.looks())
                .setApplicationId(usage.key().applicationId())
                .setSessionId(usage.key().sessionId())
                .setSource(usage.key().source())
                .setAccountId(arn.map(SessionArn::account).orElse(null))
                .setRegion(arn.map(SessionArn::region).orElse(null))
                .setArn(identity.arn())
                .setName(identity.name())
                .setCreatedBy(identity.createdBy())
                .setExecutionRoleArn(identity.executionRoleArn())
                .setReleaseLabel(identity.releaseLabel())
                .setTags(omitted.contains(TAGS) ? null : identity.tags())
                .setLabels(omitted.contains(LABELS) ? Map.of() : usage.labels())
                .setFinalState(state(usage.finalState()))
                .setStartedAt(usage.periodStart())
                .setEndedAt(usage.periodEnd())
                .setBilled(amounts(usage.numbers().billed()))
                .setTotal(amounts(usage.numbers().total()))
                .setBilledDelta(amounts(usage.billedDelta()))
                .setTotalExecutionDurationSeconds(usage.numbers().executionSeconds())
                .setTerminalEventId(usage.terminalEventId())
                .setOmitted(omitted)
                .build();
    }

    private static FinalState state(SessionState state) {
        return switch (state) {
            case FAILED -> FinalState.FAILED;
            case TERMINATED -> FinalState.TERMINATED;
            case SUBMITTED, STARTING, STARTED, IDLE, BUSY, TERMINATING, UNKNOWN -> FinalState.UNKNOWN;
        };
    }

    /** That ARN; empty if AWS sent something else. */
    static Optional<SessionArn> arn(String arn) {
        try {
            return Optional.of(SessionArn.parse(arn));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable UsageAmounts amounts(@Nullable ResourceUtilization used) {
        return used == null
                ? null
                : UsageAmounts.newBuilder()
                        .setVCPUHour(used.vCPUHour())
                        .setVCPUHourText(text(used.vCPU()))
                        .setMemoryGBHour(used.memoryGBHour())
                        .setMemoryGBHourText(text(used.memory()))
                        .setStorageGBHour(used.storageGBHour())
                        .setStorageGBHourText(text(used.storage()))
                        .build();
    }

    private static @Nullable String text(@Nullable Amount amount) {
        return amount == null ? null : amount.text();
    }
}
