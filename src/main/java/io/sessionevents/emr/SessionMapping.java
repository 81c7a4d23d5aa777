package io.sessionevents.emr;

import io.sessionevents.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.model.Configuration;
import software.amazon.awssdk.services.emrserverless.model.NetworkConfiguration;
import software.amazon.awssdk.services.emrserverless.model.ResourceUtilization;
import software.amazon.awssdk.services.emrserverless.model.SessionConfigurationOverrides;
import software.amazon.awssdk.services.emrserverless.model.TotalResourceUtilization;

/** From the SDK's model to the domain. The SDK gives empty collections for absent ones; here they are null. */
final class SessionMapping {
    private SessionMapping() {}

    /**
     * The session.
     *
     * @throws MalformedAnswer if a required member is missing
     */
    static Session of(software.amazon.awssdk.services.emrserverless.model.Session aws) {
        return new Session(
                required("applicationId", aws.applicationId()),
                required("sessionId", aws.sessionId()),
                required("arn", aws.arn()),
                aws.name(),
                required("state", aws.stateAsString()),
                required("stateDetails", aws.stateDetails()),
                required("releaseLabel", aws.releaseLabel()),
                required("executionRoleArn", aws.executionRoleArn()),
                required("createdBy", aws.createdBy()),
                required("createdAt", aws.createdAt()),
                required("updatedAt", aws.updatedAt()),
                aws.startedAt(),
                aws.endedAt(),
                aws.idleSince(),
                overrides(aws.configurationOverrides()),
                network(aws.networkConfiguration()),
                aws.idleTimeoutMinutes(),
                present(aws.hasTags(), aws::tags),
                total(aws.totalResourceUtilization()),
                billed(aws.billedResourceUtilization()),
                aws.totalExecutionDurationSeconds());
    }

    private static Session.@Nullable ConfigurationOverrides overrides(@Nullable SessionConfigurationOverrides aws) {
        if (aws == null) {
            return null;
        }
        return new Session.ConfigurationOverrides(
                aws.hasRuntimeConfiguration() ? configurations(aws.runtimeConfiguration()) : null);
    }

    private static List<Session.Configuration> configurations(List<Configuration> aws) {
        return aws.stream()
                .map(node -> new Session.Configuration(
                        required("classification", node.classification()),
                        present(node.hasProperties(), node::properties),
                        configurations(node.configurations())))
                .toList();
    }

    private static Session.@Nullable NetworkConfiguration network(@Nullable NetworkConfiguration aws) {
        if (aws == null) {
            return null;
        }
        return new Session.NetworkConfiguration(
                aws.hasSubnetIds() ? aws.subnetIds() : null, aws.hasSecurityGroupIds() ? aws.securityGroupIds() : null);
    }

    private static Session.@Nullable ResourceUtilization total(@Nullable TotalResourceUtilization aws) {
        return aws == null
                ? null
                : new Session.ResourceUtilization(aws.vcpuHour(), aws.memoryGBHour(), aws.storageGBHour());
    }

    private static Session.@Nullable ResourceUtilization billed(@Nullable ResourceUtilization aws) {
        return aws == null
                ? null
                : new Session.ResourceUtilization(aws.vcpuHour(), aws.memoryGBHour(), aws.storageGBHour());
    }

    private static @Nullable Map<String, String> present(boolean present, Supplier<Map<String, String>> map) {
        return present ? map.get() : null;
    }

    private static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw new MalformedAnswer("the answer has no " + member);
        }
        return Objects.requireNonNull(value);
    }
}
