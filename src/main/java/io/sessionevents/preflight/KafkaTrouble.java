package io.sessionevents.preflight;

import io.sessionevents.kafka.AdminCalls;
import io.sessionevents.kafka.KafkaSettings;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

/** What it means that Kafka cannot be used, in the same words whichever client has found it out: each has its own. */
public final class KafkaTrouble {
    private KafkaTrouble() {}

    /**
     * Finds the cause that says most.
     *
     * @param servers the client was told to connect to
     * @return empty if Kafka answers and takes this client, so that it is about something else
     */
    public static Optional<Finding> of(String servers, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
                return Optional.of(Finding.stops(
                        "Kafka at " + servers + " refuses this client: " + cause.getMessage(),
                        "Set kafka.auth, or kafka.security.protocol and kafka.sasl.* or kafka.ssl.*, or grant the missing"
                                + " access."));
            }
            if (cause instanceof ConfigException) {
                return Optional.of(doesNotAnswer(servers, cause.getMessage()));
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException
                    || cause instanceof org.apache.kafka.common.errors.TimeoutException
                    || cause instanceof DisconnectException) {
                return Optional.of(doesNotAnswer(servers, "nothing within " + AdminCalls.TIMEOUT.toSeconds() + " s"));
            }
        }
        return Optional.empty();
    }

    static Finding doesNotAnswer(String servers, @Nullable String why) {
        return Finding.mayPass(
                "Kafka at " + servers + " does not answer: " + why + ".",
                servers.equals(KafkaSettings.SHIPPED_SERVERS)
                        ? "Set bootstrap.servers: this is only what the configuration file is shipped with. Or start a broker here."
                        : "Start it, or set bootstrap.servers (and kafka.security.protocol for a listener with TLS).");
    }
}
