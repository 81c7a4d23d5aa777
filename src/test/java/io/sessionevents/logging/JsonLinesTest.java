package io.sessionevents.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
    private static final Instant WHEN = Instant.parse("2026-11-23T09:00:00.120Z");

    private final Logger logger = new LoggerContext().getLogger("io.sessionevents.Some");

    @Test
    void shouldWriteWhatPipelinesLookFor() throws IOException {
        JsonNode line = line(event("said {}", null, "this"));

        assertThat(names(line)).containsExactly("timestamp", "level", "logger", "thread", "message");
        assertThat(line.path("timestamp").asText()).isEqualTo("2026-11-23T09:00:00.120Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("io.sessionevents.Some");
        assertThat(line.path("thread").asText()).isEqualTo("StreamThread-1");
        assertThat(line.path("message").asText()).isEqualTo("said this");
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(List.of(new KeyValuePair("source", "prod")), "source", "\"prod\""),
                Arguments.of(List.of(new KeyValuePair("count", 3)), "count", "3"),
                Arguments.of(List.of(new KeyValuePair("offset", 1L << 40)), "offset", "1099511627776"),
                Arguments.of(List.of(new KeyValuePair("share", 0.5)), "share", "0.5"),
                Arguments.of(List.of(new KeyValuePair("share", Double.NaN)), "share", "\"NaN\""),
                Arguments.of(List.of(new KeyValuePair("hours", new BigDecimal("0.10"))), "hours", "0.10"),
                Arguments.of(List.of(new KeyValuePair("held", true)), "held", "true"),
                Arguments.of(List.of(new KeyValuePair("topic", null)), "topic", "null"),
                Arguments.of(List.of(new KeyValuePair("at", WHEN)), "at", "\"2026-11-23T09:00:00.120Z\""),
                Arguments.of(List.of(new KeyValuePair("text", "\"\n\u0001ü")), "text", "\"\\\"\\n\\u0001ü\""),
                Arguments.of(List.of(new KeyValuePair("level", "high")), "kvp.level", "\"high\""),
                Arguments.of(List.of(new KeyValuePair("a", 1), new KeyValuePair("a", 2)), "a", "2"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldWriteEachPairAsAMemberOfItsOwn(List<KeyValuePair> pairs, String member, String value)
            throws IOException {
        LoggingEvent event = event("said", null);
        pairs.forEach(event::addKeyValuePair);

        assertThat(text(event)).contains("\"" + member + "\":" + value);
        assertThat(names(line(event))).containsOnlyOnce(member).hasSize(6);
    }

    @Test
    void shouldWriteAStackTraceWithItsCausesAsOneTextOnOneLine() throws IOException {
        LoggingEvent event = event("failed", new IllegalStateException("outer", new IOException("inner")));

        assertThat(text(event)).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(line(event).path("stackTrace").asText())
                .startsWith("java.lang.IllegalStateException: outer\n\tat ")
                .contains("Caused by: java.io.IOException: inner");
    }

    private LoggingEvent event(String message, @Nullable Throwable thrown, Object... arguments) {
        var event = new LoggingEvent("caller", logger, Level.WARN, message, thrown, arguments);
        event.setInstant(WHEN);
        event.setThreadName("StreamThread-1");
        return event;
    }

    private static List<String> names(JsonNode line) {
        return line.propertyStream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode line(LoggingEvent event) throws IOException {
        return new ObjectMapper().readTree(text(event));
    }

    private static String text(LoggingEvent event) {
        var encoder = new JsonLines();
        encoder.setContext(new LoggerContext());
        encoder.start();
        return new String(encoder.encode(event), UTF_8);
    }
}
