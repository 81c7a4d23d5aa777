package io.sessionevents.preflight;

import static java.util.stream.Collectors.joining;

import io.sessionevents.settings.Configuration;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The permissions as IAM names them for Amazon MSK, where there are no access control lists. */
final class IamActions {
    private IamActions() {}

    /** Whether the brokers decide by IAM. */
    static boolean wanted(Configuration configuration) {
        return "AWS_MSK_IAM".equals(configuration.kafka().passedOn().get("sasl.mechanism"));
    }

    static String fix(RequiredAcl acl) {
        String actions = acl.operations().stream()
                .map(operation -> "\"kafka-cluster:" + action(acl.resource(), operation) + "\"")
                .collect(joining(", "));
        return "Add to the IAM policy of this client: {\"Effect\": \"Allow\", \"Action\": [" + actions
                + "], \"Resource\": \"arn:aws:kafka:REGION:ACCOUNT:" + type(acl.resource()) + "/CLUSTER/*/"
                + acl.name() + (acl.pattern() == PatternType.PREFIXED ? "*" : "") + "\"}";
    }

    private static String type(ResourceType resource) {
        return resource == ResourceType.TRANSACTIONAL_ID
                ? "transactional-id"
                : resource.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String action(ResourceType resource, AclOperation operation) {
        return switch (resource) {
            case GROUP -> "AlterGroup";
            case TRANSACTIONAL_ID -> "AlterTransactionalId";
            default ->
                switch (operation) {
                    case CREATE -> "CreateTopic";
                    case DELETE -> "DeleteTopic";
                    case READ -> "ReadData";
                    case WRITE -> "WriteData";
                    default -> "DescribeTopic";
                };
        };
    }
}
