package io.sessionevents.preflight;

import io.sessionevents.kafka.AdminCalls;
import io.sessionevents.settings.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Whether Kafka answers and takes this client, the topics are there and can hold what is written to them, and the permissions
 * are granted.
 *
 * @param admin settings of Kafka's admin client, {@code bootstrap.servers} among them
 * @param producer settings of Kafka's producer
 */
public record KafkaCheck(Configuration configuration, Map<String, Object> admin, Map<String, Object> producer)
        implements PreflightCheck {
    private static final String NAME = "kafka";

    @Override
    public List<CheckOutcome> outcomes() throws InterruptedException {
        try (Admin client = Admin.create(AdminCalls.bounded(admin))) {
            return outcomes(client);
        } catch (KafkaException e) {
            return List.of(CheckOutcome.of(NAME, cannotConnect(e)));
        }
    }

    private List<CheckOutcome> outcomes(Admin client) throws InterruptedException {
        try {
            int brokers = AdminCalls.get(client.describeCluster().nodes()).size();
            List<CheckOutcome> outcomes = new ArrayList<>();
            outcomes.add(CheckOutcome.ok(
                    NAME, servers() + " answers, " + brokers + (brokers == 1 ? " broker" : " brokers")));
            List<TopicSight> sights = TopicSight.of(client, RequiredTopic.of(configuration));
            outcomes.addAll(TopicFindings.outcomes(client, servers(), sights));
            outcomes.add(new AclFindings(configuration, client, producer).outcome(sights));
            return outcomes;
        } catch (ExecutionException e) {
            return List.of(CheckOutcome.of(NAME, cannotConnect(AdminCalls.cause(e))));
        } catch (TimeoutException e) {
            return List.of(
                    CheckOutcome.of(NAME, doesNotAnswer("nothing within " + AdminCalls.TIMEOUT.toSeconds() + " s")));
        }
    }

    private String servers() {
        return configuration.kafka().bootstrapServers();
    }

    private Finding cannotConnect(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return Finding.stops(
                    "Kafka at " + servers() + " refuses this client: " + cause.getMessage(),
                    "Set kafka.auth, or kafka.security.protocol and kafka.sasl.* or kafka.ssl.*, or grant the missing"
                            + " access.");
        }
        return doesNotAnswer(rootMessage(cause));
    }

    private Finding doesNotAnswer(String why) {
        return Finding.mayPass(
                "Kafka at " + servers() + " does not answer: " + why,
                "Start it, or set bootstrap.servers (and kafka.security.protocol for a listener with TLS).");
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
