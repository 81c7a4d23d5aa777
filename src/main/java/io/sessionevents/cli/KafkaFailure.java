package io.sessionevents.cli;

import io.sessionevents.preflight.KafkaTrouble;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.settings.Configuration;
import java.util.Optional;

/** What a command says when Kafka keeps it from its work: what {@code validate} says of the same. */
final class KafkaFailure {
    private KafkaFailure() {}

    /**
     * Explains a failure.
     *
     * @param doing what, where Kafka itself is not the trouble, such as: Reading session-ids
     */
    static CommandFailedException of(Configuration configuration, String doing, Throwable failure) {
        String servers = configuration.kafka().bootstrapServers();
        String text = KafkaTrouble.of(servers, failure)
                .map(finding -> finding.text())
                .orElseGet(() -> doing + " at " + servers + " failed: " + innermost(failure) + ".");
        return new CommandFailedException(text, failure);
    }

    /** A topic that others make is missing. */
    static CommandFailedException noTopic(Configuration configuration, String topic) {
        String servers = configuration.kafka().bootstrapServers();
        return new CommandFailedException("Topic " + topic + " does not exist. "
                + RequiredTopic.shared(configuration).stream()
                        .filter(required -> required.name().equals(topic))
                        .map(required -> required.createCommand(servers, Optional.empty()))
                        .findFirst()
                        .orElse("session-events topics create"));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().replaceFirst("\\.$", "");
    }
}
