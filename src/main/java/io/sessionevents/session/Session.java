package io.sessionevents.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All 21 members of the GetSession response, by their AWS names. Instants are cut to milliseconds, the precision of the
 * events, so that what is kept and what is looked up compare equal.
 *
 * @param state as AWS sent it, see {@link #sessionState()}
 * @param idleTimeoutMinutes minutes
 * @param totalExecutionDurationSeconds seconds
 */
public record Session(
        String applicationId,
        String sessionId,
        String arn,
        @Nullable String name,
        String state,
        String stateDetails,
        String releaseLabel,
        String executionRoleArn,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant idleSince,
        @Nullable ConfigurationOverrides configurationOverrides,
        @Nullable NetworkConfiguration networkConfiguration,
        @Nullable Long idleTimeoutMinutes,
        @Nullable Map<String, String> tags,
        @Nullable ResourceUtilization totalResourceUtilization,
        @Nullable ResourceUtilization billedResourceUtilization,
        @Nullable Long totalExecutionDurationSeconds) {

    public Session {
        createdAt = millis(createdAt);
        updatedAt = millis(updatedAt);
        startedAt = startedAt == null ? null : millis(startedAt);
        endedAt = endedAt == null ? null : millis(endedAt);
        idleSince = idleSince == null ? null : millis(idleSince);
        tags = tags == null ? null : Map.copyOf(tags);
    }

    public SessionState sessionState() {
        return SessionState.of(state);
    }

    /** Never prints configuration values or tags: they may be secret. */
    @Override
    public String toString() {
        return "Session[" + applicationId + "/" + sessionId + ", state=" + state + ", updatedAt=" + updatedAt + "]";
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Configuration given at StartSession.
     *
     * @param runtimeConfiguration null if AWS sent none
     */
    public record ConfigurationOverrides(@Nullable List<Configuration> runtimeConfiguration) {
        public ConfigurationOverrides {
            runtimeConfiguration = runtimeConfiguration == null ? null : List.copyOf(runtimeConfiguration);
        }
    }

    /**
     * One node of the configuration tree.
     *
     * @param properties marked sensitive by AWS; null if AWS sent none
     * @param configurations nested configurations; empty if AWS sent none
     */
    public record Configuration(
            String classification, @Nullable Map<String, String> properties, List<Configuration> configurations) {
        public Configuration {
            properties = properties == null ? null : Map.copyOf(properties);
            configurations = List.copyOf(configurations);
        }

        @Override
        public String toString() {
            return "Configuration[" + classification + "]";
        }
    }

    public record NetworkConfiguration(
            @Nullable List<String> subnetIds, @Nullable List<String> securityGroupIds) {
        public NetworkConfiguration {
            subnetIds = subnetIds == null ? null : List.copyOf(subnetIds);
            securityGroupIds = securityGroupIds == null ? null : List.copyOf(securityGroupIds);
        }
    }

    /**
     * Resources that a session has used. Null members: AWS sent none.
     *
     * @param vCPU virtual CPU hours
     * @param memory gigabyte hours of memory
     * @param storage gigabyte hours of storage
     */
    public record ResourceUtilization(
            @Nullable Amount vCPU,
            @Nullable Amount memory,
            @Nullable Amount storage) {

        /** Numbers whose texts are not known. */
        public static ResourceUtilization of(
                @Nullable Double vCPUHour, @Nullable Double memoryGBHour, @Nullable Double storageGBHour) {
            return new ResourceUtilization(amount(vCPUHour), amount(memoryGBHour), amount(storageGBHour));
        }

        public @Nullable Double vCPUHour() {
            return value(vCPU);
        }

        public @Nullable Double memoryGBHour() {
            return value(memory);
        }

        public @Nullable Double storageGBHour() {
            return value(storage);
        }

        /** Whether it holds no number. */
        boolean empty() {
            return vCPU == null && memory == null && storage == null;
        }

        private static @Nullable Amount amount(@Nullable Double value) {
            return value == null ? null : Amount.of(value);
        }

        private static @Nullable Double value(@Nullable Amount amount) {
            return amount == null ? null : amount.value();
        }
    }
}
