package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** One application: what lists tell of it. It is there from the beginning and never changes. */
public record SimulatedApplication(String id, String name, Instant createdAt) {
    private static final String RELEASE = "emr-7.13.0";

    /** One of that id. */
    static SimulatedApplication of(String id, Instant createdAt) {
        return new SimulatedApplication(id, "notebooks-" + id.substring(Math.max(0, id.length() - 4)), createdAt);
    }

    ObjectNode summary(AwsAccount account) {
        var created = BigDecimal.valueOf(createdAt.toEpochMilli(), 3);
        return SimulatedSession.object()
                .put("id", id)
                .put("name", name)
                .put("arn", account.arn(id))
                .put("releaseLabel", RELEASE)
                .put("type", "Spark")
                .put("state", "STARTED")
                .put("stateDetails", "")
                .put("architecture", "X86_64")
                .put("createdAt", created)
                .put("updatedAt", created);
    }
}
