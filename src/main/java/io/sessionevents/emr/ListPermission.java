package io.sessionevents.emr;

import io.sessionevents.session.Source;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** What a policy must allow so that AWS lists something. */
public enum ListPermission {
    LIST_SESSIONS("ListSessions", ":/applications/*"),
    /** AWS allows it for all applications or for none. */
    LIST_APPLICATIONS("ListApplications", "");

    private final String operation;
    private final String resource;

    ListPermission(String operation, String resource) {
        this.operation = operation;
        this.resource = resource;
    }

    /** As AWS calls it. */
    public String operation() {
        return operation;
    }

    /**
     * The statement of an IAM policy that allows it, as JSON on one line. What is not known of the source is a word in capitals that
     * stands for it.
     */
    public String statement(Source source) {
        return "{\"Effect\": \"Allow\", \"Action\": \"emr-serverless:" + operation + "\", \"Resource\": \""
                + (resource.isEmpty() ? "*" : arn(source) + resource) + "\"}";
    }

    /** What to do where AWS refuses it, a sentence's end. */
    String fix(EmrSettings emr, Source source) {
        return ": add to the IAM policy of "
                + (emr.role() == null ? "the service" : emr.role().arn()) + ": " + statement(source);
    }

    private static String arn(Source source) {
        String region = source.region();
        return "arn:"
                + (region == null
                        ? "aws"
                        : PartitionMetadata.of(Region.of(region)).id()) + ":emr-serverless:"
                + (region == null ? "REGION" : region) + ":"
                + (source.account() == null ? "ACCOUNT" : source.account());
    }
}
