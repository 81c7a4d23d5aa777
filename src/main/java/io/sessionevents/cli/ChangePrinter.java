package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Source;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Prints change events: an aligned feed for people, or one JSON object per line. */
public final class ChangePrinter {
    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final Map<String, String> COLOURS = Map.of(
            "SUBMITTED", "\u001b[36m",
            "STARTING", "\u001b[36m",
            "STARTED", "\u001b[34m",
            "IDLE", "\u001b[33m",
            "BUSY", "\u001b[32m",
            "TERMINATING", "\u001b[35m",
            "TERMINATED", "\u001b[90m",
            "FAILED", "\u001b[31m");
    private static final String UNKNOWN_COLOUR = "\u001b[95m";

    private final PrintWriter out;
    private final OutputFormat format;
    private final boolean colour;
    private final DateTimeFormatter time;
    private boolean headed;

    public ChangePrinter(PrintWriter out, OutputFormat format, boolean colour, ZoneId zone) {
        this.out = out;
        this.format = format;
        this.colour = colour;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
    }

    /** Prints one event, generic or specific; false if nobody reads the output any more. */
    public boolean print(IndexedRecord event) {
        ObjectNode json = AvroJson.of(event);
        switch (format) {
            case json -> out.println(json);
            case table -> row(json);
        }
        out.flush();
        return !out.checkError();
    }

    private void row(JsonNode event) {
        if (!headed) {
            headed = true;
            out.println(paint(
                            DIM,
                            "%-12s  %-33s  %-26s  %3s  %7s  %s"
                                    .formatted("TIME", "SESSION", "CHANGE", "SEQ", "LAG", "NOTE"))
                    .stripTrailing());
        }
        Instant observedAt = Instant.parse(event.path("observedAt").asText());
        Duration lag = Duration.between(Instant.parse(event.path("occurredAt").asText()), observedAt);
        String line = paint(DIM, time.format(observedAt)) + "  "
                + "%-33s".formatted(session(event)) + "  "
                + change(event) + "  "
                + "%3d".formatted(event.path("sequence").asLong()) + "  "
                + "%7s".formatted(human(lag)) + "  "
                + paint(DIM, note(event));
        out.println(line.stripTrailing());
    }

    /** The source of an event; one that was written before there were sources is of the default one. */
    static String source(IndexedRecord event) {
        Schema.Field field = event.getSchema().getField("source");
        Object source = field == null ? null : event.get(field.pos());
        return source == null ? Source.DEFAULT : source.toString();
    }

    private static String session(JsonNode event) {
        String session = event.path("applicationId").asText() + "/"
                + event.path("sessionId").asText();
        String source = event.path("source").asText(Source.DEFAULT);
        return event.path("source").isNull() || source.equals(Source.DEFAULT) ? session : source + ":" + session;
    }

    private String change(JsonNode event) {
        String before = event.path("previousState").isNull()
                ? "·"
                : event.path("previousState").asText();
        String after = event.path("state").asText().equals("UNKNOWN")
                ? event.path("rawState").asText()
                : event.path("state").asText();
        String padding = " ".repeat(Math.max(0, 26 - 11 - 3 - after.length()));
        return paint(COLOURS.getOrDefault(before, DIM), "%-11s".formatted(before)) + " → "
                + paint(COLOURS.getOrDefault(after, UNKNOWN_COLOUR), after) + padding;
    }

    private static String note(JsonNode event) {
        var note = new StringBuilder();
        if (!event.path("missedStates").isEmpty()) {
            note.append("missed ");
            event.path("missedStates")
                    .forEach(state -> note.append(state.asText()).append(' '));
        }
        if (event.path("terminal").asBoolean()) {
            JsonNode billed = event.path("session").path("billedResourceUtilization");
            note.append(
                    billed.path("vCPUHour").isNumber()
                            ? "billed %.4f vCPU h "
                                    .formatted(billed.path("vCPUHour").asDouble())
                            : "");
        }
        event.path("labels")
                .properties()
                .forEach(label -> note.append(label.getKey())
                        .append('=')
                        .append(label.getValue().asText())
                        .append(' '));
        return note.toString().strip();
    }

    private static String human(Duration lag) {
        double seconds = lag.toMillis() / 1000.0;
        return seconds < 100 ? "%.1f s".formatted(seconds) : "%d min".formatted(lag.toMinutes());
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? code + text + RESET : text;
    }
}
