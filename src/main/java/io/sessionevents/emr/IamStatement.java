package io.sessionevents.emr;

import io.sessionevents.session.SessionKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The statement of an IAM policy that allows to look at a session, and no more.
 *
 * @param region where the session is
 * @param account that the session belongs to; null if that is not known, and then ACCOUNT stands for it
 */
public record IamStatement(String region, @Nullable String account, SessionKey session) {

    /** As JSON, on one line. */
    public String json() {
        return "{\"Effect\": \"Allow\", \"Action\": \"emr-serverless:GetSession\", \"Resource\": \"arn:"
                + PartitionMetadata.of(Region.of(region)).id() + ":emr-serverless:" + region + ":"
                + (account == null ? "ACCOUNT" : account) + ":/applications/" + session.applicationId()
                + "/sessions/*\"}";
    }
}
