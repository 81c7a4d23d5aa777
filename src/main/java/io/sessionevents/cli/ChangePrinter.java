package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
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
    private static final String HEADING =
            "%-12s  %-33s  %-26s  %3s  %7s  %s".formatted("TIME", "SESSION", "CHANGE", "SEQ", "LAG", "NOTE");

    private static final String UNNAMED = "UNKNOWN";

    private final Feed feed;

    /** What AWS calls the states of sessions that the schema has no name for, as long as they last: the next event does not say. */
    private final Map<String, String> unnamed = new HashMap<>();

    public ChangePrinter(PrintWriter out, OutputFormat format, boolean colour, ZoneId zone) {
        this.feed = new Feed(out, format, colour, zone, HEADING);
    }

    @Override
    public boolean print(IndexedRecord event) {
        return feed.print(event, this::row);
    }

    private String row(JsonNode event) {
        Instant observedAt = Instant.parse(event.path("observedAt").asText());
        Duration lag = Duration.between(Instant.parse(event.path("occurredAt").asText()), observedAt);
        return feed.time(observedAt) + "  "
                + "%-33s".formatted(Feed.session(event)) + "  "
                + change(event) + "  "
                + "%3d".formatted(event.path("sequence").asLong()) + "  "
                + "%7s".formatted(human(lag)) + "  "
                + feed.paint(Feed.DIM, note(event));
    }

    private String change(JsonNode event) {
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
        String padding = " ".repeat(Math.max(0, 26 - 11 - 3 - after.length()));
        return feed.paint(COLOURS.getOrDefault(before, Feed.DIM), "%-11s".formatted(before)) + " → "
                + feed.paint(colour(after), after) + padding;
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
        double seconds = lag.toMillis() / 1000.0;
        return seconds < 100 ? "%.1f s".formatted(seconds) : "%d min".formatted(lag.toMinutes());
    }
}
