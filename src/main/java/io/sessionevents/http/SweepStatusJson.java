package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.SweepStatus;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The sweeps of one source as JSON: times in ISO 8601 and UTC, null where nothing is known. */
final class SweepStatusJson {
    static final String SOURCE = "source";
    static final String APPLICATIONS = "applications";
    static final String SWEPT_AT = "sweptAt";

    private SweepStatusJson() {}

    /** @param instance that makes them */
    static ObjectNode of(String source, SweepStatus sweeps, String instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(SOURCE, source)
                .put("instance", instance)
                .put("budgetCallsPerSecond", sweeps.budget())
                .put("rateCallsPerSecond", sweeps.rate())
                .put("trouble", sweeps.sourceTrouble());
        ArrayNode applications = json.putArray(APPLICATIONS);
        sweeps.applications().stream()
                .sorted(Comparator.comparing(SweepStatus.Application::key))
                .forEach(application -> applications.add(of(application)));
        return json;
    }

    private static ObjectNode of(SweepStatus.Application application) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", application.key().toString())
                .put("applicationId", application.key().applicationId())
                .put("reason", application.reason().name())
                .put("since", application.since().toString())
                .put("living", application.living())
                .put(SWEPT_AT, text(application.sweptAt()))
                .put("completeAt", text(application.completeAt()))
                .put("trouble", application.trouble());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
