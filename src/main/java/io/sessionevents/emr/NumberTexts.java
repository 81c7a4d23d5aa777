package io.sessionevents.emr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usage numbers of an answer as they are written there, digit by digit. Whatever cannot be read is not there: the answer
 * itself is read, and judged, by the SDK.
 *
 * @param texts by member and member of it, for example {@code billedResourceUtilization.vCPUHour}
 */
record NumberTexts(Map<String, String> texts) {
    static final NumberTexts NONE = new NumberTexts(Map.of());
    private static final Logger log = LoggerFactory.getLogger(NumberTexts.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SESSION = "session";
    private static final Set<String> USED = Set.of("totalResourceUtilization", "billedResourceUtilization");

    /** Those of an answer to GetSession. */
    static NumberTexts of(byte[] body) {
        var texts = new HashMap<String, String>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                readAnswer(json, texts);
            }
        } catch (IOException e) {
            log.atDebug().log("The numbers of an answer are known as doubles only: {}", e.getClass());
        }
        return new NumberTexts(texts);
    }

    /** As it was sent; null if it is not known. */
    @Nullable
    String of(String member) {
        return texts.get(member);
    }

    private static void readAnswer(JsonParser json, Map<String, String> texts) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_OBJECT && name.equals(SESSION)) {
                readSession(json, texts);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void readSession(JsonParser json, Map<String, String> texts) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_OBJECT && USED.contains(name)) {
                readNumbers(json, name, texts);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void readNumbers(JsonParser json, String used, Map<String, String> texts) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (value.isNumeric() || value == JsonToken.VALUE_STRING) {
                texts.put(used + "." + name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }
}
