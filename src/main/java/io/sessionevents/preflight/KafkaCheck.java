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
            return List.of(CheckOutcome.of(NAME, cannotConnect(e)));
        }
    }

    private String servers() {
        return configuration.kafka().bootstrapServers();
    }

    private Finding cannotConnect(Throwable cause) {
        return KafkaTrouble.of(servers(), cause)
                .orElseGet(() -> KafkaTrouble.doesNotAnswer(servers(), rootMessage(cause)));
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
