package io.sessionevents.preflight;

import static java.util.stream.Collectors.joining;

import io.sessionevents.session.Topics;
import io.sessionevents.settings.Configuration;
import io.sessionevents.tracking.InternalTopics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A permission that the service has at the brokers. Describing is implied by the others.
 *
 * @param purpose what it is for
 * @param optional whether everything else works without it
 */
public record RequiredAcl(
        ResourceType resource,
        PatternType pattern,
        String name,
        List<AclOperation> operations,
        String purpose,
        boolean optional) {
    private static final String HISTORY = "to show the history of a session; optional, all else works without";

    /** All of them and no more: the scripts of deploy/kafka are made of these, and {@code validate} looks for them. */
    public static List<RequiredAcl> of(Configuration configuration) {
        Topics topics = configuration.topics();
        String group = configuration.kafka().streamsApplicationId();
        String internal = group + "-";
        var names = InternalTopics.of(group);
        Stream<RequiredAcl> always = Stream.of(
                topic(PatternType.LITERAL, topics.input(), "to read session IDs", AclOperation.READ),
                topic(PatternType.LITERAL, topics.output(), "to write events", AclOperation.WRITE),
                topic(PatternType.LITERAL, topics.usage(), "to write usage", AclOperation.WRITE),
                topic(PatternType.LITERAL, topics.deadLetter(), "to write dead letters", AclOperation.WRITE),
                forHistories(topics.output()),
                forHistories(topics.usage()),
                topic(
                        PatternType.PREFIXED,
                        internal,
                        "to make and use the internal topics",
                        AclOperation.CREATE,
                        AclOperation.READ,
                        AclOperation.WRITE),
                topic(
                        PatternType.LITERAL,
                        names.requests(),
                        "to delete the requests that have been read",
                        AclOperation.DELETE),
                topic(
                        PatternType.LITERAL,
                        names.unread(),
                        "to delete the waiting records that have been stored",
                        AclOperation.DELETE),
                topic(
                        PatternType.LITERAL,
                        names.sweeps(),
                        "to delete the requests for sweeps that have been read",
                        AclOperation.DELETE),
                new RequiredAcl(
                        ResourceType.GROUP,
                        PatternType.LITERAL,
                        group,
                        List.of(AclOperation.READ),
                        "to be a member of the consumer group",
                        false),
                new RequiredAcl(
                        ResourceType.TRANSACTIONAL_ID,
                        PatternType.PREFIXED,
                        internal,
                        List.of(AclOperation.WRITE),
                        "to write in transactions",
                        false));
        Stream<RequiredAcl> alerts = Stream.of(
                topic(PatternType.LITERAL, topics.alerts(), "to write alerts", AclOperation.WRITE),
                forHistories(topics.alerts()));
        return Stream.concat(always, topics.alerting() ? alerts : Stream.empty())
                .toList();
    }

    /** The command that grants it. */
    public String command(String bootstrapServers, String principal) {
        return "kafka-acls.sh --bootstrap-server " + bootstrapServers + " --add --allow-principal " + principal + " "
                + operations.stream()
                        .map(one -> "--operation " + title(one.name()))
                        .collect(joining(" "))
                + " --" + resource.name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                + name
                + (pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    /** Whether it concerns that topic. */
    boolean covers(String topic) {
        return resource == ResourceType.TOPIC
                && (pattern == PatternType.PREFIXED ? topic.startsWith(name) : topic.equals(name));
    }

    /** For these operations only. */
    RequiredAcl only(List<AclOperation> some) {
        return new RequiredAcl(resource, pattern, name, some, purpose, optional);
    }

    /** Such as: Read on topic session-ids. */
    String text() {
        return operations.stream().map(one -> title(one.name())).collect(joining(" and ")) + " on "
                + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (pattern == PatternType.PREFIXED ? "s that begin with " : " ") + name;
    }

    private static RequiredAcl topic(PatternType pattern, String name, String purpose, AclOperation... operations) {
        return new RequiredAcl(
                ResourceType.TOPIC, pattern, name, List.copyOf(Arrays.asList(operations)), purpose, false);
    }

    private static RequiredAcl forHistories(String topic) {
        return new RequiredAcl(
                ResourceType.TOPIC, PatternType.LITERAL, topic, List.of(AclOperation.READ), HISTORY, true);
    }

    private static String title(String constant) {
        return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
    }
}
