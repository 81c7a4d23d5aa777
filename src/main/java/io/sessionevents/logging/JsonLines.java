package io.sessionevents.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line, in the names that most pipelines look for: {@code timestamp} (ISO 8601, UTC), {@code level},
 * {@code logger}, {@code thread}, {@code message}, each key-value pair as a member of its own, and {@code stackTrace} as one
 * text. A key that has one of these names gets {@code kvp.} before it; of two pairs with one key the last counts.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final Set<String> OURS = Set.of("timestamp", "level", "logger", "thread", "message", "stackTrace");

    private final JsonFactory json = new JsonFactory();
    private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

    @Override
    public void start() {
        stackTraces.setContext(getContext());
        stackTraces.start();
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new ByteArrayOutputStream();
        try (var generator = json.createGenerator(line)) {
            generator.writeStartObject();
            generator.writeStringField("timestamp", time(event).toString());
            generator.writeStringField("level", event.getLevel().toString());
            generator.writeStringField("logger", event.getLoggerName());
            generator.writeStringField("thread", event.getThreadName());
            generator.writeStringField("message", event.getFormattedMessage());
            for (var pair : pairs(event).entrySet()) {
                write(generator, pair.getKey(), pair.getValue());
            }
            if (event.getThrowableProxy() != null) {
                generator.writeStringField(
                        "stackTrace", stackTraces.convert(event).strip());
            }
            generator.writeEndObject();
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }

    private static Instant time(ILoggingEvent event) {
        Instant instant = event.getInstant();
        return instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant;
    }

    private static Map<String, @Nullable Object> pairs(ILoggingEvent event) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                pairs.put(OURS.contains(pair.key) ? "kvp." + pair.key : pair.key, pair.value);
            }
        }
        return pairs;
    }

    /** Numbers and truth as such, anything else as text. */
    private static void write(JsonGenerator generator, String key, @Nullable Object value) throws IOException {
        generator.writeFieldName(key);
        switch (value) {
            case null -> generator.writeNull();
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            default -> generator.writeString(value.toString());
        }
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
