package io.sessionevents.it;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also remembers what it allowed to those who have logged in. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Set<Allowed> ALLOWED = ConcurrentHashMap.newKeySet();

    /** Something that was asked for and allowed. */
    record Allowed(String user, ResourceType resource, String name, AclOperation operation) {}

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            if (results.get(i) == AuthorizationResult.ALLOWED) {
                ALLOWED.add(new Allowed(
                        context.principal().getName(),
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name(),
                        action.operation()));
            }
        }
        return results;
    }

    /** What the user has used so far. */
    static List<Allowed> allowed(String user) {
        return ALLOWED.stream().filter(one -> one.user().equals(user)).toList();
    }
}
