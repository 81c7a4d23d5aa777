package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Source;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Records one below the other: aligned rows under a heading for people, or one JSON object per line. */
final class Feed {
    static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final OutputFormat format;
    private final boolean colour;
    private final DateTimeFormatter time;
    private final String heading;
    private boolean headed;

    Feed(PrintWriter out, OutputFormat format, boolean colour, ZoneId zone, String heading) {
        this.out = out;
        this.format = format;
        this.colour = colour;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        this.heading = heading;
    }

    /**
     * Prints one record; false if nobody reads the output any more.
     *
     * @param row makes a row of its JSON
     */
    boolean print(IndexedRecord written, Function<JsonNode, String> row) {
        ObjectNode json = AvroJson.of(written);
        switch (format) {
            case json -> out.println(json);
            case table -> {
                head();
                out.println(row.apply(json).stripTrailing());
            }
        }
        out.flush();
        return !out.checkError();
    }

    private void head() {
        if (!headed) {
            headed = true;
            out.println(paint(DIM, heading).stripTrailing());
        }
    }

    String time(Instant instant) {
        return paint(DIM, time.format(instant));
    }

    String paint(String code, String text) {
        return paint(colour, code, text);
    }

    static String paint(boolean colour, String code, String text) {
        return colour && !text.isEmpty() ? code + text + RESET : text;
    }

    /** The source of a record; one that was written before there were sources is of the default one. */
    static String source(IndexedRecord written) {
        Schema.Field field = written.getSchema().getField("source");
        Object source = field == null ? null : written.get(field.pos());
        return source == null ? Source.DEFAULT : source.toString();
    }

    /** The key of its session. */
    static String session(JsonNode json) {
        String session = json.path("applicationId").asText() + "/"
                + json.path("sessionId").asText();
        String source = json.path("source").asText(Source.DEFAULT);
        return json.path("source").isNull() || source.equals(Source.DEFAULT) ? session : source + ":" + session;
    }

    /** Such as: cost=42 team=blue. */
    static String labels(JsonNode json) {
        var labels = new StringJoiner(" ");
        json.path("labels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + "=" + label.getValue().asText()));
        return labels.toString();
    }
}
