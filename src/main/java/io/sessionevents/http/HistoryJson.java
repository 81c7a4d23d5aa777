package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history of a session as JSON: names as in the Avro schemas, times in ISO 8601 and UTC, null where nothing is known. */
final class HistoryJson {
    private HistoryJson() {}

    static ObjectNode of(SessionHistory history) {
        SessionKey key = history.key();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(TrackedSessionJson.KEY, key.toString())
                .put("source", key.source())
                .put("applicationId", key.applicationId())
                .put("sessionId", key.sessionId());
        json.set("identity", history.identity().map(HistoryJson::identity).orElse(null));
        ArrayNode entries = json.putArray("entries");
        history.entries().forEach(entry -> entries.add(entry(entry)));
        return json.put("whole", history.whole())
                .put("older", history.older())
                .put("unread", history.unread())
                .put("missingChanges", history.missingChanges())
                .put("recordsRead", history.recordsRead());
    }

    private static ObjectNode identity(SessionIdentity identity) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("arn", identity.arn())
                .put("name", identity.name())
                .put("createdBy", identity.createdBy())
                .put("executionRoleArn", identity.executionRoleArn())
                .put("releaseLabel", identity.releaseLabel());
        json.set("tags", identity.tags() == null ? null : texts(identity.tags()));
        return json;
    }

    private static ObjectNode entry(HistoryEntry entry) {
        Position position = entry.position();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind(entry))
                .put("at", entry.at().toString())
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset());
        switch (entry) {
            case HistoryEntry.Change change -> add(json, change);
            case HistoryEntry.UsageRevision revision -> add(json, revision.usage());
            case HistoryEntry.Alert alert -> add(json, alert.alert());
            case HistoryEntry.Unreadable unreadable -> json.put("reason", unreadable.reason());
        }
        return json;
    }

    private static String kind(HistoryEntry entry) {
        return switch (entry) {
            case HistoryEntry.Change _ -> "change";
            case HistoryEntry.UsageRevision _ -> "usage";
            case HistoryEntry.Alert _ -> "alert";
            case HistoryEntry.Unreadable _ -> "unreadable";
        };
    }

    private static void add(ObjectNode json, HistoryEntry.Change entry) {
        StateChange change = entry.change();
        SessionState previous = change.previousState();
        json.put("eventId", change.eventId().toString())
                .put("sequence", change.sequence())
                .put("previousState", previous == null ? null : previous.name())
                .put("state", change.state().name())
                .put("rawState", change.session().state())
                .put("stateDetails", change.session().stateDetails())
                .put("terminal", change.state().terminal());
        ArrayNode missed = json.putArray("missedStates");
        change.missedStates().forEach(state -> missed.add(state.name()));
        json.put("occurredAt", change.occurredAt().toString())
                .put("observedAt", change.observedAt().toString())
                .put("previousObservedAt", text(change.previousObservedAt()));
        json.set("labels", texts(change.labels()));
        json.put("origin", change.origin().name());
        ArrayNode omitted = json.putArray("omitted");
        entry.omitted().forEach(omitted::add);
    }

    private static void add(ObjectNode json, UsageRecord usage) {
        json.put("usageId", usage.usageId().toString())
                .put("revision", usage.revision())
                .put("status", usage.status().name())
                .put("settledAt", usage.settledAt().toString())
                .put("unchangedSince", text(usage.unchangedSince()))
                .put("looks", usage.looks())
                .put("finalState", usage.finalState().name())
                .put("startedAt", usage.periodStart().toString())
                .put("endedAt", usage.periodEnd().toString());
        json.set("billed", SettlementJson.amounts(usage.numbers().billed()));
        json.set("total", SettlementJson.amounts(usage.numbers().total()));
        json.set("billedDelta", SettlementJson.amounts(usage.billedDelta()));
        json.put("totalExecutionDurationSeconds", usage.numbers().executionSeconds());
        json.set("labels", texts(usage.labels()));
        json.put("terminalEventId", usage.terminalEventId().toString());
    }

    private static void add(ObjectNode json, SessionAlert alert) {
        SessionAlert.Over over = alert.over();
        json.put("alertId", alert.alertId().toString())
                .put("alertKind", alert.kind().name())
                .put("status", alert.status().name())
                .put("crossing", alert.crossing())
                .put("raisedAt", alert.raisedAt().toString())
                .put("clearedAt", over == null ? null : over.at().toString())
                .put("clearReason", over == null ? null : over.why().name())
                .put("previousLookAt", text(alert.previousLookAt()))
                .put("beganAt", text(alert.beganAt()))
                .put("threshold", alert.threshold())
                .put("measured", alert.measured())
                .put("unit", alert.kind().unit().name())
                .put("rawState", alert.rawState())
                .put("sequence", alert.sequence());
        json.set("labels", texts(alert.labels()));
    }

    private static ObjectNode texts(Map<String, String> map) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(map).forEach(json::put);
        return json;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
