package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/** Prints alerts: what was measured, and why one is over. */
public final class AlertPrinter implements RecordPrinter {
    private static final int STATUS = 7;
    private static final int MOST_DIGITS = 6;
    private static final String HEADING = "%-12s  %-33s  %-20s  %-7s  %11s  %11s  %s"
            .formatted("TIME", "SESSION", "ALERT", "STATUS", "MEASURED", "THRESHOLD", "NOTE");
    private static final Map<String, String> COLOURS = Map.of("RAISED", "\u001b[31m", "CLEARED", "\u001b[32m");

    private final Feed feed;

    public AlertPrinter(PrintWriter out, OutputFormat format, boolean colour, ZoneId zone) {
        this.feed = new Feed(out, format, colour, zone, HEADING);
    }

    @Override
    public boolean print(IndexedRecord written) {
        return feed.print(written, this::row);
    }

    private String row(JsonNode alert) {
        String status = alert.path("status").asText();
        return feed.time(decidedAt(alert)) + "  "
                + "%-33s".formatted(Feed.session(alert)) + "  "
                + "%-20s"
                        .formatted(alert.path("kind").asText() + " "
                                + alert.path("crossing").asInt())
                + "  "
                + feed.paint(COLOURS.getOrDefault(status, Feed.DIM), status)
                + " ".repeat(Math.max(0, STATUS - status.length())) + "  "
                + "%11s".formatted(amount(alert, "measured")) + "  "
                + "%11s".formatted(amount(alert, "threshold")) + "  "
                + feed.paint(Feed.DIM, note(alert));
    }

    private static Instant decidedAt(JsonNode alert) {
        JsonNode clearedAt = alert.path("clearedAt");
        return Instant.parse((clearedAt.isTextual() ? clearedAt : alert.path("raisedAt")).asText());
    }

    private static String amount(JsonNode alert, String member) {
        JsonNode number = alert.path(member);
        if (!number.isNumber()) {
            return "·";
        }
        return alert.path("unit").asText().equals("SECONDS") ? time(number.asDouble()) : hours(number.asDouble());
    }

    /** In the two largest units: {@code 2 h 5 min}, {@code 1 min 30 s}, {@code 2.5 s}. */
    private static String time(double seconds) {
        Duration time = Duration.ofMillis(Math.round(seconds * 1000));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private static String hours(double number) {
        BigDecimal shown = BigDecimal.valueOf(number).setScale(2, RoundingMode.FLOOR);
        return shown.precision() <= MOST_DIGITS + 2
                ? shown.stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%.3g", number);
    }

    private static String note(JsonNode alert) {
        JsonNode why = alert.path("clearReason");
        String reason = why.isTextual() ? why.asText().toLowerCase(Locale.ROOT).replace('_', ' ') : "";
        return (reason + " " + Feed.labels(alert)).strip();
    }
}
