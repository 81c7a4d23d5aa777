package io.sessionevents.local.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role, as its trust policy says.
 *
 * @param trusted ARNs of the users that may assume it
 * @param externalId that must be named; null: whatever is named is fine
 */
public record AssumableRole(
        String arn, Set<String> trusted, @Nullable String externalId) {

    public AssumableRole {
        trusted = Set.copyOf(trusted);
    }

    boolean trusts(AccessKey caller, @Nullable String named) {
        return trusted.contains(caller.owner()) && (externalId == null || externalId.equals(named));
    }

    String account() {
        return arn.split(":", -1)[4];
    }

    /** ARN of a session of the role. */
    String session(String name) {
        return "arn:aws:sts::" + account() + ":assumed-role/" + arn.substring(arn.lastIndexOf('/') + 1) + "/" + name;
    }
}
