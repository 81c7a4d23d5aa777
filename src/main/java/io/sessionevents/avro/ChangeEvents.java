package io.sessionevents.avro;

import io.sessionevents.session.Session;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.v1.BilledResourceUtilization;
import io.sessionevents.v1.ConfigurationOverrides;
import io.sessionevents.v1.NetworkConfiguration;
import io.sessionevents.v1.Origin;
import io.sessionevents.v1.SessionStateChanged;
import io.sessionevents.v1.SessionStateCode;
import io.sessionevents.v1.TotalResourceUtilization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the domain to the public event.
 *
 * @param detail what an event tells of a session's configuration overrides
 */
public record ChangeEvents(ConfigurationDetail detail) {

    /** The event of a change, whole. */
    public SessionStateChanged event(StateChange change) {
        return event(change, List.of());
    }

    /** The event of a change without those parts. */
    SessionStateChanged event(StateChange change, List<Omission> omitted) {
        SessionState previous = change.previousState();
        return SessionStateChanged.newBuilder()
                .setEventId(change.eventId())
                .setApplicationId(change.key().applicationId())
                .setSessionId(change.key().sessionId())
                .setSequence(change.sequence())
                .setPreviousState(previous == null ? null : code(previous))
                .setState(code(change.state()))
                .setRawState(change.session().state())
                .setTerminal(change.state().terminal())
                .setMissedStates(
                        change.missedStates().stream().map(ChangeEvents::code).toList())
                .setOccurredAt(change.occurredAt())
                .setObservedAt(change.observedAt())
                .setPreviousObservedAt(change.previousObservedAt())
                .setLabels(omitted.contains(Omission.LABELS) ? Map.of() : change.labels())
                .setSession(session(change.session(), omitted))
                .setOmitted(omitted.stream().map(Omission::field).toList())
                .setSource(change.key().source())
                .setAccountId(arn(change.session()).map(SessionArn::account).orElse(null))
                .setRegion(arn(change.session()).map(SessionArn::region).orElse(null))
                .setOrigin(Origin.valueOf(change.origin().name()))
                .build();
    }

    private static Optional<SessionArn> arn(Session session) {
        try {
            return Optional.of(SessionArn.parse(session.arn()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private io.sessionevents.v1.Session session(Session session, List<Omission> omitted) {
        return io.sessionevents.v1.Session.newBuilder()
                .setApplicationId(session.applicationId())
                .setSessionId(session.sessionId())
                .setArn(session.arn())
                .setName(session.name())
                .setState(session.state())
                .setStateDetails(session.stateDetails())
                .setReleaseLabel(session.releaseLabel())
                .setExecutionRoleArn(session.executionRoleArn())
                .setCreatedBy(session.createdBy())
                .setCreatedAt(session.createdAt())
                .setUpdatedAt(session.updatedAt())
                .setStartedAt(session.startedAt())
                .setEndedAt(session.endedAt())
                .setIdleSince(session.idleSince())
                .setConfigurationOverrides(
                        omitted.contains(Omission.CONFIGURATION_OVERRIDES)
                                ? null
                                : overrides(session.configurationOverrides()))
                .setNetworkConfiguration(network(session.networkConfiguration()))
                .setIdleTimeoutMinutes(session.idleTimeoutMinutes())
                .setTags(omitted.contains(Omission.TAGS) ? null : session.tags())
                .setTotalResourceUtilization(total(session.totalResourceUtilization()))
                .setBilledResourceUtilization(billed(session.billedResourceUtilization()))
                .setTotalExecutionDurationSeconds(session.totalExecutionDurationSeconds())
                .build();
    }

    private @Nullable ConfigurationOverrides overrides(Session.@Nullable ConfigurationOverrides overrides) {
        if (overrides == null || detail == ConfigurationDetail.NONE) {
            return null;
        }
        return new ConfigurationOverrides(
                overrides.runtimeConfiguration() == null
                        ? null
                        : ConfigurationNodes.of(overrides.runtimeConfiguration(), detail == ConfigurationDetail.FULL));
    }

    private static @Nullable NetworkConfiguration network(Session.@Nullable NetworkConfiguration network) {
        return network == null ? null : new NetworkConfiguration(network.subnetIds(), network.securityGroupIds());
    }

    private static @Nullable TotalResourceUtilization total(Session.@Nullable ResourceUtilization used) {
        return used == null
                ? null
                : new TotalResourceUtilization(used.vCPUHour(), used.memoryGBHour(), used.storageGBHour());
    }

    private static @Nullable BilledResourceUtilization billed(Session.@Nullable ResourceUtilization used) {
        return used == null
                ? null
                : new BilledResourceUtilization(used.vCPUHour(), used.memoryGBHour(), used.storageGBHour());
    }

    private static SessionStateCode code(SessionState state) {
        return SessionStateCode.valueOf(state.name());
    }
}
