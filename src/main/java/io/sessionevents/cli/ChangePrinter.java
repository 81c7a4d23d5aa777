package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.cli.Table.Cell;
import io.sessionevents.cli.Table.Column;
import io.sessionevents.cli.Table.Cut;
import io.sessionevents.cli.Table.Span;
import io.sessionevents.cli.Table.Wish;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/** Prints change events: an aligned feed for people, or one JSON object per line. */
public final class ChangePrinter implements RecordPrinter {
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
    private static final int STATE = 11;
    private static final Table TABLE = new Table(
            List.of(
                    new Column("TIME", false, Cut.END, Feed.MILLIS),
                    new Column("SESSION", false, Cut.START, Feed.KEY),
                    new Column("CHANGE", false, Cut.END, 26),
                    new Column("SEQ", true, Cut.NOT, 3),
                    new Column("LAG", true, Cut.NOT, 7),
                    new Column("NOTE", false, Cut.END, 1)),
            List.of(
                    new Wish(1, Feed.SHORT_KEY),
                    new Wish(2, 26),
                    new Wish(0, Feed.SECONDS),
                    new Wish(1, Feed.KEY),
                    new Wish(4, 7),
                    new Wish(5, 10),
                    new Wish(5, 20),
                    new Wish(3, 3),
                    new Wish(0, Feed.MILLIS),
                    new Wish(5, 40),
                    new Wish(1, Feed.LONG_KEY)),
            1);

    private static final String UNNAMED = "UNKNOWN";

    private final Feed feed;

    /** What AWS calls the states of sessions that the schema has no name for, as long as they last: the next event does not say. */
    private final Map<String, String> unnamed = new HashMap<>();

    public ChangePrinter(PrintWriter out, RowStyle style) {
        this.feed = new Feed(out, style, TABLE);
    }

    @Override
    public boolean print(IndexedRecord event) {
        return feed.print(event, this::row);
    }

    private List<Cell> row(JsonNode event) {
        Instant observedAt = Instant.parse(event.path("observedAt").asText());
        Duration lag = Duration.between(Instant.parse(event.path("occurredAt").asText()), observedAt);
        return List.of(
                feed.time(observedAt),
                Cell.of(Feed.session(event)),
                change(event),
                Cell.of(Long.toString(event.path("sequence").asLong())),
                Cell.of(human(lag)),
                feed.cell(Feed.DIM, note(event)));
    }

    private Cell change(JsonNode event) {
        String known = unnamed.remove(Feed.session(event));
        String before = event.path("previousState").isNull()
                ? "·"
                : event.path("previousState").asText();
        String after = event.path("state").asText();
        if (before.equals(UNNAMED) && known != null) {
            before = known;
        }
        if (after.equals(UNNAMED)) {
            after = event.path("rawState").asText();
            unnamed.put(Feed.session(event), after);
        }
        return new Cell(List.of(
                new Span(feed.colour(COLOURS.getOrDefault(before, Feed.DIM)), before),
                new Span("", " ".repeat(Math.max(0, STATE - before.length())) + " → "),
                new Span(feed.colour(colour(after)), after)));
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
        return note.append(Feed.labels(event)).toString().strip();
    }

    /** The colour of a state, by its name. */
    static String colour(String state) {
        return COLOURS.getOrDefault(state, UNKNOWN_COLOUR);
    }

    /** Such as: 2.5 s. */
    static String human(Duration lag) {
        double seconds = lag.toSeconds() + lag.toMillisPart() / 1000.0;
        return seconds < 100
                ? "%.1f s".formatted(seconds)
                : lag.toMinutes() < 1000 ? "%d min".formatted(lag.toMinutes()) : "%d h".formatted(lag.toHours());
    }
}
