package io.sessionevents.http.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of what the API answers. Another version of the service may have answered: what is not as expected counts as unknown. */
record Members(JsonNode json) {
    /** The text of that name; null if there is none. */
    @Nullable
    String find(String name) {
        return json.path(name).textValue();
    }

    /** The same; empty if there is none. */
    String text(String name) {
        return json.path(name).asText("");
    }

    /** The moment of that name; null if there is none. */
    @Nullable
    Instant time(String name) {
        try {
            String text = find(name);
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    long count(String name) {
        return Math.max(0, json.path(name).asLong(0));
    }

    double number(String name) {
        double number = json.path(name).asDouble(0);
        return Double.isFinite(number) ? number : 0;
    }

    /** As many seconds as it says. */
    Duration seconds(String name) {
        return Duration.ofMillis((long) Math.min(1e14, Math.max(0, number(name) * 1000)));
    }

    boolean flag(String name) {
        return json.path(name).asBoolean(false);
    }

    /** Whether it is there, and not null. */
    boolean has(String name) {
        return json.hasNonNull(name);
    }

    Members of(String name) {
        return new Members(json.path(name));
    }

    List<Members> each(String name) {
        List<Members> each = new ArrayList<>();
        json.path(name).forEach(item -> each.add(new Members(item)));
        return each;
    }

    /** Texts and numbers of an array. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
