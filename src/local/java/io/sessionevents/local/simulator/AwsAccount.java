package io.sessionevents.local.simulator;

/**
 * One account in one Region, which an endpoint answers for.
 *
 * @param source its name, as the keys of its sessions have it
 * @param id 12 digits
 */
public record AwsAccount(String source, String id, String region) {
    /** The one that is meant where none is named. */
    public static final AwsAccount DEFAULT = new AwsAccount(SessionKey.DEFAULT_SOURCE, "123456789012", "us-east-1");

    /** The same session in this account. */
    public SessionKey key(String applicationId, String sessionId) {
        return new SessionKey(source, applicationId, sessionId);
    }

    /** ARN of a session. */
    public String arn(SessionKey key) {
        return "arn:aws:emr-serverless:" + region + ":" + id + ":/applications/" + key.applicationId() + "/sessions/"
                + key.sessionId();
    }

    /** ARN of an application; an empty id: of all of them. */
    public String arn(String applicationId) {
        return "arn:aws:emr-serverless:" + region + ":" + id + ":/applications/"
                + (applicationId.isEmpty() ? "*" : applicationId);
    }

    /** ARN of a user or a role, such as {@code role/spark}. */
    public String identity(String name) {
        return "arn:aws:iam::" + id + ":" + name;
    }
}
