package io.sessionevents.kafka;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the clients log in to Kafka, as {@code kafka.auth} names it. */
enum KafkaAuth {
    /** As the {@code kafka.*} settings say. */
    NONE,
    /** By IAM, as Amazon MSK takes it. */
    MSK_IAM;

    private static final String PACKAGE = "software.amazon.msk.auth.iam.";

    /**
     * Settings of Kafka's clients.
     *
     * @param profile AWS profile of the credentials; null leaves it to the SDK's own chain
     */
    Map<String, String> settings(@Nullable String profile) {
        return switch (this) {
            case NONE -> Map.of();
            case MSK_IAM ->
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "AWS_MSK_IAM",
                        "sasl.jaas.config",
                        PACKAGE + "IAMLoginModule required" + option(profile) + ";",
                        "sasl.client.callback.handler.class",
                        PACKAGE + "IAMClientCallbackHandler");
        };
    }

    private static String option(@Nullable String profile) {
        return profile == null
                ? ""
                : " awsProfileName=\"" + profile.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
