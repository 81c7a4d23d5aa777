package io.sessionevents.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a session is: what a usage record must tell even if AWS has forgotten the session by then.
 *
 * @param name that its creator gave it; null: none
 * @param tags of AWS's; null if AWS sent none
 */
public record SessionIdentity(
        String arn,
        @Nullable String name,
        String createdBy,
        String executionRoleArn,
        String releaseLabel,
        @Nullable Map<String, String> tags) {

    public SessionIdentity {
        tags = tags == null ? null : Map.copyOf(tags);
    }

    static SessionIdentity of(Session session) {
        return new SessionIdentity(
                session.arn(),
                session.name(),
                session.createdBy(),
                session.executionRoleArn(),
                session.releaseLabel(),
                session.tags());
    }

    /** Never prints tags: they may be secret. */
    @Override
    public String toString() {
        return "SessionIdentity[" + arn + "]";
    }
}
