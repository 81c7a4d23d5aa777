package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.session.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session as JSON: AWS's names, and members that AWS did not send left out.
 *
 * @param detail what is told of the configuration overrides, whose values AWS marks as sensitive
 */
record FoundSessionJson(ConfigurationDetail detail) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REDACTED = "***";

    ObjectNode of(Session session) {
        ObjectNode json = JSON.objectNode();
        put(json, "applicationId", session.applicationId());
        put(json, "sessionId", session.sessionId());
        put(json, "arn", session.arn());
        put(json, "name", session.name());
        put(json, "state", session.state());
        put(json, "stateDetails", session.stateDetails());
        put(json, "releaseLabel", session.releaseLabel());
        put(json, "executionRoleArn", session.executionRoleArn());
        put(json, "createdBy", session.createdBy());
        put(json, "createdAt", session.createdAt());
        put(json, "updatedAt", session.updatedAt());
        put(json, "startedAt", session.startedAt());
        put(json, "endedAt", session.endedAt());
        put(json, "idleSince", session.idleSince());
        put(json, "configurationOverrides", overrides(session.configurationOverrides()));
        put(json, "networkConfiguration", network(session.networkConfiguration()));
        put(json, "idleTimeoutMinutes", session.idleTimeoutMinutes());
        put(json, "tags", session.tags());
        put(json, "totalResourceUtilization", used(session.totalResourceUtilization()));
        put(json, "billedResourceUtilization", used(session.billedResourceUtilization()));
        put(json, "totalExecutionDurationSeconds", session.totalExecutionDurationSeconds());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.set(name, node(value));
        }
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case Instant instant -> JSON.textNode(instant.toString());
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                new TreeMap<>(map).forEach((key, text) -> object.put(key.toString(), text.toString()));
                yield object;
            }
            case Collection<?> items -> {
                ArrayNode array = JSON.arrayNode();
                items.forEach(item -> array.add(item.toString()));
                yield array;
            }
            default -> JSON.textNode(value.toString());
        };
    }

    private @Nullable ObjectNode overrides(Session.@Nullable ConfigurationOverrides overrides) {
        if (overrides == null || detail == ConfigurationDetail.NONE) {
            return null;
        }
        ObjectNode json = JSON.objectNode();
        if (overrides.runtimeConfiguration() != null) {
            json.set("runtimeConfiguration", configurations(overrides.runtimeConfiguration()));
        }
        return json;
    }

    private ArrayNode configurations(List<Session.Configuration> level) {
        ArrayNode array = JSON.arrayNode();
        for (Session.Configuration configuration : level) {
            ObjectNode json = array.addObject().put("classification", configuration.classification());
            put(json, "properties", shown(configuration.properties()));
            if (!configuration.configurations().isEmpty()) {
                json.set("configurations", configurations(configuration.configurations()));
            }
        }
        return array;
    }

    private @Nullable Map<String, String> shown(@Nullable Map<String, String> properties) {
        if (properties == null || detail == ConfigurationDetail.FULL) {
            return properties;
        }
        Map<String, String> redacted = new TreeMap<>(properties);
        redacted.replaceAll((name, value) -> REDACTED);
        return redacted;
    }

    private static @Nullable ObjectNode network(Session.@Nullable NetworkConfiguration network) {
        if (network == null) {
            return null;
        }
        ObjectNode json = JSON.objectNode();
        put(json, "subnetIds", network.subnetIds());
        put(json, "securityGroupIds", network.securityGroupIds());
        return json;
    }

    private static @Nullable ObjectNode used(Session.@Nullable ResourceUtilization used) {
        if (used == null) {
            return null;
        }
        ObjectNode json = JSON.objectNode();
        put(json, "vCPUHour", used.vCPUHour());
        put(json, "memoryGBHour", used.memoryGBHour());
        put(json, "storageGBHour", used.storageGBHour());
        return json;
    }
}
