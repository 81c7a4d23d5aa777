package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Source;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Records one below the other: aligned rows under a heading for people, or one JSON object per line. */
final class Feed {
    static final String DIM = "\u001b[2m";

    /** Of a time without its fraction of a second. */
    static final int SECONDS = 8;

    static final int MILLIS = 12;

    /** Of a session's key: both of its parts, with a source before them, and its end. */
    static final int KEY = 33;

    static final int LONG_KEY = 60;
    static final int SHORT_KEY = 16;

    private final PrintWriter out;
    private final RowStyle style;
    private final Table table;
    private final DateTimeFormatter time;
    /** The cells of the columns under the last heading. */
    private List<Integer> headed = List.of();

    Feed(PrintWriter out, RowStyle style, Table table) {
        this.out = out;
        this.style = style;
        this.table = table;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(style.zone());
    }

    /**
     * Prints one record; false if nobody reads the output any more.
     *
     * @param row makes the cells of a row of its JSON
     */
    boolean print(IndexedRecord written, Function<JsonNode, List<Table.Cell>> row) {
        ObjectNode json = AvroJson.of(written);
        switch (style.format()) {
            case json -> out.println(json);
            case table -> {
                int width = style.columns().getAsInt();
                head(width);
                out.println(table.row(width, row.apply(json)));
            }
        }
        out.flush();
        return !out.checkError();
    }

    /** At the beginning, and wherever columns begin elsewhere below: not because the last one has become wider. */
    private void head(int width) {
        List<Integer> fit = new ArrayList<>(table.fit(width));
        fit.set(fit.size() - 1, Math.min(1, fit.getLast()));
        if (!fit.equals(headed)) {
            headed = fit;
            out.println(table.heading(width, colour(DIM)));
        }
    }

    /** To the second or to the millisecond, as there is room. */
    Table.Cell time(Instant instant) {
        String text = time.format(instant);
        return cell(DIM, headed.getFirst() < MILLIS ? text.substring(0, SECONDS) : text);
    }

    Table.Cell cell(String colour, String text) {
        return Table.Cell.of(colour(colour), text);
    }

    /** The escape sequence, unless there are to be none. */
    String colour(String code) {
        return style.colour() ? code : "";
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
