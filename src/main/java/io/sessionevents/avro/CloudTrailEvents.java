package io.sessionevents.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.Sources;
import io.sessionevents.session.UnknownSourceException;
import java.util.Map;
import java.util.Set;

/**
 * EventBridge's events, as it delivers them: a call that has started or terminated a session asks to look at that session, every other
 * event asks for nothing. Their shape is taken from AWS's documentation of EventBridge and of CloudTrail's records. Pure.
 */
final class CloudTrailEvents {
    private static final String API_CALL = "AWS API Call via CloudTrail";
    private static final String EMR_SERVERLESS = "emr-serverless.amazonaws.com";
    private static final Set<String> CALLS = Set.of("StartSession", "TerminateSession");

    private CloudTrailEvents() {}

    /** Whether that is an event of EventBridge, whatever it tells of. */
    static boolean is(JsonNode json) {
        return json.path("detail-type").isTextual() && json.path("detail").isObject();
    }

    static Request read(JsonNode event, Sources sources) throws UnreadableInput {
        String type = event.path("detail-type").asText();
        JsonNode call = event.path("detail");
        if (!type.equals(API_CALL)) {
            return new Request.Nothing(
                    "an event of type " + JsonSessionIds.quoted(type) + ", which tells of no session");
        }
        String service = text(call, "detail.", "eventSource");
        String name = text(call, "detail.", "eventName");
        String error = call.path("errorCode").asText("");
        if (!service.equals(EMR_SERVERLESS)
                || !CALLS.contains(name)
                || call.path("readOnly").asBoolean()) {
            return new Request.Nothing("call " + JsonSessionIds.quoted(name) + " of " + JsonSessionIds.quoted(service)
                    + ", which starts or terminates no session");
        }
        return error.isEmpty() || error.equals("null")
                ? track(event, sources)
                : new Request.Nothing("call " + name + " failed with " + JsonSessionIds.quoted(error));
    }

    private static Request track(JsonNode event, Sources sources) throws UnreadableInput {
        JsonNode call = event.path("detail");
        String region =
                call.path("awsRegion").isTextual() ? call.path("awsRegion").textValue() : text(event, "", "region");
        String account = call.path("recipientAccountId").isTextual()
                ? call.path("recipientAccountId").textValue()
                : text(event, "", "account");
        // Read, not made: what is no ARN must not get into messages as it is.
        String arn = "arn:aws:emr-serverless:" + region + ":" + account + ":/applications/" + id(call, "applicationId")
                + "/sessions/" + id(call, "sessionId");
        try {
            return new Request.Track(sources.key(SessionArn.parse(arn)), Map.of());
        } catch (UnknownSourceException e) {
            throw new UnreadableInput(DeadLetterReason.UNKNOWN_SOURCE, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableInput(DeadLetterReason.BAD_IDENTIFIER, e.getMessage());
        }
    }

    /** AWS's answer names the session that was started, the request the one that was terminated. */
    private static String id(JsonNode call, String name) throws UnreadableInput {
        JsonNode answered = call.path("responseElements").path(name);
        JsonNode asked = call.path("requestParameters").path(name);
        if (!answered.isTextual() && !asked.isTextual()) {
            throw missing("detail.responseElements." + name + " or detail.requestParameters." + name);
        }
        return answered.isTextual() ? answered.textValue() : asked.textValue();
    }

    private static String text(JsonNode json, String path, String name) throws UnreadableInput {
        if (!json.path(name).isTextual()) {
            throw missing(path + name);
        }
        return json.path(name).textValue();
    }

    private static UnreadableInput missing(String member) {
        return new UnreadableInput(
                DeadLetterReason.UNREADABLE_JSON, "no string " + member + " in the event of EventBridge");
    }
}
