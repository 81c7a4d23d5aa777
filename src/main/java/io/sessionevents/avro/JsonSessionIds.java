package io.sessionevents.avro;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Printable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Session ID events as JSON; says how what is not one could have come about. Pure. */
final class JsonSessionIds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NAME = 40;

    private JsonSessionIds() {}

    static InputMembers read(JsonNode json) throws UnreadableInput {
        return new InputMembers(
                absent(json, "source") ? null : member(json, "source"),
                member(json, "applicationId"),
                sessionId(json),
                labels(json.path("labels")));
    }

    private static @Nullable String sessionId(JsonNode json) throws UnreadableInput {
        if (!json.has("sessionId")) {
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                boolean elsewhere = member.getValue().has("sessionId");
                if (elsewhere || InputMembers.tellsOfASession(member.getKey())) {
                    throw new UnreadableInput(
                            DeadLetterReason.UNREADABLE_JSON,
                            "no string sessionId in the JSON object; "
                                    + (elsewhere ? "it stands in" : "there is a") + " member " + quoted(member.getKey())
                                    + ", expected sessionId, or nothing of a session where the application is meant");
                }
            }
        }
        return absent(json, "sessionId") ? null : member(json, "sessionId");
    }

    private static boolean absent(JsonNode json, String name) {
        return json.path(name).isMissingNode() || json.path(name).isNull();
    }

    /** @param begin where in the bytes the object begins */
    static JsonNode parse(byte[] value, int begin) throws UnreadableInput {
        try (var parser = JSON.createParser(value, begin, value.length - begin)) {
            JsonNode json = JSON.readTree(parser);
            if (parser.nextToken() != null) {
                throw new UnreadableInput(DeadLetterReason.UNREADABLE_JSON, "something follows after the JSON object");
            }
            return json;
        } catch (JacksonException e) {
            throw new UnreadableInput(
                    DeadLetterReason.UNREADABLE_JSON,
                    "not JSON (" + e.getClass().getSimpleName() + ")");
        } catch (IOException e) {
            throw new UnreadableInput(DeadLetterReason.UNREADABLE_JSON, "not JSON");
        }
    }

    private static Map<String, String> labels(JsonNode json) throws UnreadableInput {
        if (!json.isObject() && !json.isMissingNode() && !json.isNull()) {
            throw new UnreadableInput(
                    DeadLetterReason.BAD_LABELS,
                    "labels is of type " + json.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                            + ", expected an object of strings");
        }
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<String, JsonNode> label : json.properties()) {
            if (!label.getValue().isTextual()) {
                throw new UnreadableInput(DeadLetterReason.BAD_LABELS, "a label is not a string");
            }
            labels.put(label.getKey(), label.getValue().textValue());
        }
        return labels;
    }

    private static String member(JsonNode json, String name) throws UnreadableInput {
        if (!json.path(name).isTextual()) {
            throw new UnreadableInput(
                    DeadLetterReason.UNREADABLE_JSON, "no string " + name + " in the JSON object" + wrapping(json));
        }
        return json.path(name).textValue();
    }

    /** Where the event may be instead: within another object, or in a string. */
    private static String wrapping(JsonNode json) {
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            JsonNode value = member.getValue();
            if (value.isTextual() && value.textValue().strip().startsWith("{")) {
                return "; member " + quoted(member.getKey()) + " holds JSON in a string, expected that object itself";
            }
            if (value.isObject() && value.has("applicationId")) {
                return "; it stands in member " + quoted(member.getKey()) + ", expected that object itself";
            }
        }
        return "";
    }

    /** What others wrote, cut and without control characters. */
    static String quoted(String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return '"' + Printable.of(shown) + '"';
    }
}
