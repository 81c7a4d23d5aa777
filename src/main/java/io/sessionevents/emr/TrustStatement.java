package io.sessionevents.emr;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a role's trust policy that lets somebody assume it.
 *
 * @param principal ARN of a user or a role
 * @param externalId that the caller must give; null if none
 */
record TrustStatement(String principal, @Nullable String externalId) {
    private static final Pattern ASSUMED = Pattern.compile("arn:([a-z-]+):sts::([0-9]{12}):assumed-role/([^/]+)/.*");

    /** Whom a trust policy names for that caller: sessions of a role are its role, whose path, if it has one, STS does not tell. */
    static String principal(String caller) {
        Matcher assumed = ASSUMED.matcher(caller);
        return assumed.matches()
                ? "arn:" + assumed.group(1) + ":iam::" + assumed.group(2) + ":role/" + assumed.group(3)
                : caller;
    }

    /** The statement of the caller's own policy. */
    static String ofCaller(String role) {
        return "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"" + role + "\"}";
    }

    /** As JSON, on one line. */
    String json() {
        return "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"" + principal + "\"}, \"Action\": \"sts:AssumeRole\""
                + (externalId == null
                        ? ""
                        : ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"" + externalId + "\"}}")
                + "}";
    }
}
