package io.sessionevents.local.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that AWS knows.
 *
 * @param token that calls with it must show; null: none, as of a user
 * @param account that it is of, 12 digits
 * @param owner ARN of the user or of the session of a role
 * @param expires from when on it is refused
 */
public record AccessKey(
        String id, String secret, @Nullable String token, String account, String owner, Instant expires) {

    /** Of a user of that account, for good. */
    public static AccessKey of(AwsAccount account, String user, String id, String secret) {
        return new AccessKey(id, secret, null, account.id(), account.identity("user/" + user), Instant.MAX);
    }

    boolean expired(Instant now) {
        return !now.isBefore(expires);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AccessKey[" + id + " of " + owner + "]";
    }
}
