package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TrackedSession.Seen;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A kept session as JSON: names as in the Avro schemas, times in ISO 8601 and UTC, null where nothing is known. */
final class TrackedSessionJson {
    static final String KEY = "key";

    private TrackedSessionJson() {}

    /** As the instance shows it that keeps it. */
    static ObjectNode of(TrackedSession session, FleetSessions fleet) {
        Seen seen = session.seen();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(KEY, session.key().toString())
                .put("source", session.key().source())
                .put("applicationId", session.key().applicationId())
                .put("sessionId", session.key().sessionId())
                .put("status", SessionStatus.of(session, fleet::reads).text())
                .put("state", seen == null ? null : seen.state().name())
                .put("rawState", seen == null ? null : seen.rawState())
                .put("sequence", session.sequence());
        ObjectNode labels = json.putObject("labels");
        new TreeMap<>(session.labels()).forEach(labels::put);
        json.put("origin", session.origin().name())
                .put("trackedAt", text(session.trackedAt()))
                .put("observedAt", seen == null ? null : text(seen.observedAt()))
                .put("createdAt", seen == null ? null : text(seen.createdAt()))
                .put("updatedAt", seen == null ? null : text(seen.updatedAt()))
                .put("startedAt", seen == null ? null : text(seen.startedAt()))
                .put("idleSince", seen == null ? null : text(seen.idleSince()))
                .put("stoppedAt", text(session.stoppedAt()));
        json.set("usage", SettlementJson.of(session.settlement()));
        return json.put("instance", fleet.instance());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
