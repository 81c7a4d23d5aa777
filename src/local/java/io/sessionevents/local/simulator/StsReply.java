package io.sessionevents.local.simulator;

import java.time.Instant;

/**
 * An answer of STS, in the words of the Query protocol.
 *
 * @param outcome for the log, see {@link StsCall#outcome}
 */
record StsReply(String outcome, Answer answer) {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final String METADATA =
            "<ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata>";

    static StsReply assumed(AccessKey issued, String token) {
        return granted(
                "AssumeRole",
                "<AssumedRoleUser><AssumedRoleId>AROASIMULATED:%1$s</AssumedRoleId><Arn>%2$s</Arn></AssumedRoleUser>"
                                .formatted(name(issued.owner()), escape(issued.owner()))
                        + "<Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>"
                                .formatted(issued.id(), issued.secret())
                        + "<SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>"
                                .formatted(token, issued.expires()));
    }

    static StsReply identity(AccessKey caller) {
        return granted(
                "GetCallerIdentity",
                "<Arn>%s</Arn><UserId>AIDASIMULATED</UserId><Account>%s</Account>"
                        .formatted(escape(caller.owner()), caller.account()));
    }

    private static StsReply granted(String action, String result) {
        return new StsReply(
                StsCall.GRANTED,
                Answer.xml(
                        200,
                        "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult>%4$s</%1$sResponse>"
                                .formatted(action, NAMESPACE, result, METADATA)));
    }

    /** Trust policy or external ID do not fit; which of them, AWS does not say. */
    static StsReply notTrusted(AccessKey caller, String role) {
        return refused(
                403,
                "AccessDenied",
                "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                        .formatted(caller.owner(), role));
    }

    static StsReply invalid(String message) {
        return refused(400, "ValidationError", message);
    }

    static StsReply refused(CallerVerdict caller, Instant now) {
        return switch (caller) {
            case UNSIGNED -> refused(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            case EXPIRED -> refused(403, "ExpiredToken", "The security token included in the request is expired");
            case OTHER_SCOPE, FORGED ->
                refused(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided, at " + now);
            case UNKNOWN, WELCOME ->
                refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        };
    }

    static StsReply throttled() {
        return refused(400, "Throttling", "Rate exceeded");
    }

    static StsReply internalError() {
        return refused(500, "InternalFailure", "The request processing has failed because of an unknown error.");
    }

    private static StsReply refused(int status, String code, String message) {
        return new StsReply(
                code,
                Answer.xml(
                        status,
                        ("<ErrorResponse xmlns=\"%s\"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>"
                                        + "<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>")
                                .formatted(NAMESPACE, status < 500 ? "Sender" : "Receiver", code, escape(message))));
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
