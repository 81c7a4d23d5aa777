package io.sessionevents.preflight;

import io.sessionevents.kafka.AdminCalls;
import io.sessionevents.settings.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Which permissions are not granted. What can be seen of a topic tells most; for the rest something is attempted that has no
 * effect: topic creation is attempted with {@code validateOnly}, a member that does not exist is removed from the group, a
 * transactional id of our own is taken and never written with. Reading and writing internal topics shows only once they exist.
 */
final class AclFindings {
    private static final String NAME = "permissions";
    private static final String PROBE = "preflight";
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Configuration configuration;
    private final Admin admin;
    private final Map<String, Object> producer;

    AclFindings(Configuration configuration, Admin admin, Map<String, Object> producer) {
        this.configuration = configuration;
        this.admin = admin;
        this.producer = producer;
    }

    CheckOutcome outcome(List<TopicSight> sights) throws InterruptedException, ExecutionException, TimeoutException {
        List<Finding> findings = new ArrayList<>();
        for (RequiredAcl acl : RequiredAcl.of(configuration)) {
            missing(acl, sights).map(this::finding).ifPresent(findings::add);
        }
        return findings.isEmpty()
                ? CheckOutcome.ok(NAME, "topics, consumer group and transactional ids may be used")
                : new CheckOutcome(NAME, "", findings);
    }

    private Finding finding(RequiredAcl missing) {
        String what = "This client lacks " + missing.text() + ", " + missing.purpose() + ".";
        String fix = IamActions.wanted(configuration)
                ? IamActions.fix(missing)
                : missing.command(configuration.kafka().bootstrapServers(), "User:PRINCIPAL");
        return missing.optional() ? Finding.warns(what, fix) : Finding.stops(what, fix);
    }

    /** The part of the permission that is not granted. */
    private Optional<RequiredAcl> missing(RequiredAcl acl, List<TopicSight> sights)
            throws InterruptedException, ExecutionException, TimeoutException {
        return switch (acl.resource()) {
            case GROUP -> refused(leaveOfNobody()) ? Optional.of(acl) : Optional.empty();
            case TRANSACTIONAL_ID -> refusesTransactions() ? Optional.of(acl) : Optional.empty();
            default -> missingOnTopics(acl, sights);
        };
    }

    private Optional<RequiredAcl> missingOnTopics(RequiredAcl acl, List<TopicSight> sights)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<AclOperation> missing = EnumSet.noneOf(AclOperation.class);
        for (TopicSight sight : sights) {
            if (acl.covers(sight.topic().name())) {
                missing.addAll(sight.hidden() ? acl.operations() : sight.without(acl.operations()));
            }
        }
        if (acl.operations().contains(AclOperation.CREATE)) {
            if (refused(creation())) {
                missing.add(AclOperation.CREATE);
            } else {
                missing.remove(AclOperation.CREATE);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(acl.only(
                        acl.operations().stream().filter(missing::contains).toList()));
    }

    private KafkaFuture<Void> creation() {
        var topic = new NewTopic(
                configuration.kafka().streamsApplicationId() + "-" + PROBE, Optional.empty(), Optional.empty());
        return admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                .all();
    }

    private KafkaFuture<Void> leaveOfNobody() {
        var nobody = new MemberToRemove(configuration.kafka().streamsApplicationId() + "-" + PROBE);
        return admin.removeMembersFromConsumerGroup(
                        configuration.kafka().streamsApplicationId(),
                        new RemoveMembersFromConsumerGroupOptions(List.of(nobody)))
                .all();
    }

    private static boolean refused(KafkaFuture<Void> attempt) throws InterruptedException, TimeoutException {
        try {
            AdminCalls.get(attempt);
            return false;
        } catch (ExecutionException e) {
            return AdminCalls.cause(e) instanceof AuthorizationException;
        }
    }

    private boolean refusesTransactions() {
        Map<String, Object> settings = new HashMap<>(producer);
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.kafka().streamsApplicationId() + "-" + PROBE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, AdminCalls.TIMEOUT.toMillis());
        var client = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            client.initTransactions();
            return false;
        } catch (AuthorizationException e) {
            return true;
        } catch (KafkaException e) {
            // Another instance may have taken the id meanwhile, or the coordinator may be slow: no refusal.
            return false;
        } finally {
            client.close(CLOSING);
        }
    }
}
