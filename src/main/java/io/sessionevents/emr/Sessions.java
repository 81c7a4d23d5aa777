package io.sessionevents.emr;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.Configuration;
import io.sessionevents.session.Session.ConfigurationOverrides;
import io.sessionevents.session.Session.NetworkConfiguration;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.model.SessionConfigurationOverrides;
import software.amazon.awssdk.services.emrserverless.model.TotalResourceUtilization;

/**
 * Maps the SDK's session to ours. The SDK turns absent lists and maps into empty ones; here they are null again, so that
 * an event tells "none" from "not sent". Null elements, which AWS does not document, are dropped.
 */
final class Sessions {
    private Sessions() {}

    /**
     * The session in an answer to a question about {@code asked}.
     *
     * @param source that was asked, as far as it is known
     * @param answer null if the answer held none
     * @param texts of the numbers in it
     * @param now by the wall clock
     * @throws MalformedAnswerException if a required member is missing, a value is out of {@link Bounds}, or the answer is about
     *     another session, or one of another account or Region
     */
    static Session answering(
            SessionKey asked,
            Source source,
            software.amazon.awssdk.services.emrserverless.model.@Nullable Session answer,
            NumberTexts texts,
            Instant now) {
        if (answer == null) {
            throw new MalformedAnswerException("the answer holds no session, expected " + asked);
        }
        Session session = session(answer, texts, new Bounds(now));
        if (!asked.applicationId().equals(session.applicationId())
                || !asked.sessionId().equals(session.sessionId())) {
            throw new MalformedAnswerException("the answer is about session "
                    + Text.brief(session.applicationId() + "/" + session.sessionId()) + ", expected " + asked);
        }
        checkArn(session.arn(), asked, source);
        return session;
    }

    /**
     * Whether the ARN is the one of that session.
     *
     * @param source that was asked, as far as it is known
     * @throws MalformedAnswerException if it is another, or one of another account or Region
     */
    static void checkArn(String arn, SessionKey asked, Source source) {
        if (!names(arn, asked)) {
            throw new MalformedAnswerException(
                    "the answer has the ARN " + Text.brief(arn) + ", expected the one of session " + asked);
        }
        if (!source.mayHave(SessionArn.parse(arn))) {
            throw new MalformedAnswerException("the answer has the ARN " + Text.brief(arn)
                    + ", expected one of the source " + source + ": check "
                    + SourceKeys.key(source.name(), "account.id")
                    + ", " + SourceKeys.key(source.name(), "region") + " and what answers in AWS's place");
        }
    }

    private static Session session(
            software.amazon.awssdk.services.emrserverless.model.Session sent, NumberTexts texts, Bounds bounds) {
        return new Session(
                required("applicationId", sent.applicationId()),
                required("sessionId", sent.sessionId()),
                required("arn", sent.arn()),
                sent.name(),
                Bounds.state(required("state", sent.stateAsString())),
                required("stateDetails", sent.stateDetails()),
                required("releaseLabel", sent.releaseLabel()),
                required("executionRoleArn", sent.executionRoleArn()),
                required("createdBy", sent.createdBy()),
                bounds.time("createdAt", required("createdAt", sent.createdAt())),
                bounds.time("updatedAt", required("updatedAt", sent.updatedAt())),
                bounds.timeOrNull("startedAt", sent.startedAt()),
                bounds.timeOrNull("endedAt", sent.endedAt()),
                bounds.timeOrNull("idleSince", sent.idleSince()),
                overrides(sent.configurationOverrides()),
                network(sent.networkConfiguration()),
                Bounds.whole("idleTimeoutMinutes", sent.idleTimeoutMinutes(), Bounds.MOST_MINUTES),
                sent.hasTags() ? present(sent.tags()) : null,
                total(sent.totalResourceUtilization(), texts),
                billed(sent.billedResourceUtilization(), texts),
                Bounds.whole(
                        "totalExecutionDurationSeconds", sent.totalExecutionDurationSeconds(), Bounds.MOST_SECONDS));
    }

    private static boolean names(String arn, SessionKey asked) {
        try {
            return arn.startsWith("arn:")
                    && arn.equals(arn.strip())
                    && SessionArn.parse(arn).in(asked.source()).equals(asked);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw new MalformedAnswerException("the session has no " + member + ", which AWS declares as required");
        }
        return value;
    }

    private static @Nullable ConfigurationOverrides overrides(@Nullable SessionConfigurationOverrides sent) {
        if (sent == null) {
            return null;
        }
        return new ConfigurationOverrides(
                sent.hasRuntimeConfiguration() ? configurations(sent.runtimeConfiguration()) : null);
    }

    private static List<Configuration> configurations(
            List<software.amazon.awssdk.services.emrserverless.model.Configuration> sent) {
        return sent.stream()
                .filter(Objects::nonNull)
                .map(node -> new Configuration(
                        required("classification in its configurationOverrides", node.classification()),
                        node.hasProperties() ? present(node.properties()) : null,
                        configurations(node.configurations())))
                .toList();
    }

    private static @Nullable NetworkConfiguration network(
            software.amazon.awssdk.services.emrserverless.model.@Nullable NetworkConfiguration sent) {
        if (sent == null) {
            return null;
        }
        return new NetworkConfiguration(
                sent.hasSubnetIds() ? present(sent.subnetIds()) : null,
                sent.hasSecurityGroupIds() ? present(sent.securityGroupIds()) : null);
    }

    private static @Nullable ResourceUtilization total(@Nullable TotalResourceUtilization sent, NumberTexts texts) {
        String member = "totalResourceUtilization";
        return sent == null
                ? null
                : new ResourceUtilization(
                        hours(member + ".vCPUHour", sent.vcpuHour(), texts),
                        hours(member + ".memoryGBHour", sent.memoryGBHour(), texts),
                        hours(member + ".storageGBHour", sent.storageGBHour(), texts));
    }

    private static @Nullable ResourceUtilization billed(
            software.amazon.awssdk.services.emrserverless.model.@Nullable ResourceUtilization sent, NumberTexts texts) {
        String member = "billedResourceUtilization";
        return sent == null
                ? null
                : new ResourceUtilization(
                        hours(member + ".vCPUHour", sent.vcpuHour(), texts),
                        hours(member + ".memoryGBHour", sent.memoryGBHour(), texts),
                        hours(member + ".storageGBHour", sent.storageGBHour(), texts));
    }

    private static @Nullable Amount hours(String member, @Nullable Double sent, NumberTexts texts) {
        Double hours = Bounds.hours(member, sent);
        return hours == null ? null : Amount.sent(hours, texts.of(member));
    }

    private static List<String> present(List<String> sent) {
        return sent.stream().filter(Objects::nonNull).toList();
    }

    private static Map<String, String> present(Map<String, String> sent) {
        return sent.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
