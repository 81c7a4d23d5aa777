package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.cli.Table.Cell;
import io.sessionevents.cli.Table.Column;
import io.sessionevents.cli.Table.Cut;
import io.sessionevents.cli.Table.Wish;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/** Prints alerts: what was measured, and why one is over. */
public final class AlertPrinter implements RecordPrinter {
    private static final int ALERT = 20;
    private static final int STATUS = 7;
    private static final int AMOUNT = 11;
    private static final int MOST_DIGITS = 6;
    private static final Table TABLE = new Table(
            List.of(
                    new Column("TIME", false, Cut.END, Feed.MILLIS),
                    new Column("SESSION", false, Cut.START, Feed.KEY),
                    new Column("ALERT", false, Cut.END, ALERT),
                    new Column("STATUS", false, Cut.END, STATUS),
                    new Column("MEASURED", true, Cut.NOT, AMOUNT),
                    new Column("THRESHOLD", true, Cut.NOT, AMOUNT),
                    new Column("NOTE", false, Cut.END, 1)),
            List.of(
                    new Wish(1, Feed.SHORT_KEY),
                    new Wish(2, ALERT),
                    new Wish(3, STATUS),
                    new Wish(0, Feed.SECONDS),
                    new Wish(4, AMOUNT),
                    new Wish(1, Feed.KEY),
                    new Wish(5, AMOUNT),
                    new Wish(6, 10),
                    new Wish(0, Feed.MILLIS),
                    new Wish(6, 40),
                    new Wish(1, Feed.LONG_KEY)),
            1);
    private static final Map<String, String> COLOURS = Map.of("RAISED", "\u001b[31m", "CLEARED", "\u001b[32m");

    private final Feed feed;

    public AlertPrinter(PrintWriter out, RowStyle style) {
        this.feed = new Feed(out, style, TABLE);
    }

    @Override
    public boolean print(IndexedRecord written) {
        return feed.print(written, this::row);
    }

    private List<Cell> row(JsonNode alert) {
        String status = alert.path("status").asText();
        return List.of(
                feed.time(decidedAt(alert)),
                Cell.of(Feed.session(alert)),
                Cell.of(alert.path("kind").asText() + " "
                        + alert.path("crossing").asInt()),
                feed.cell(COLOURS.getOrDefault(status, Feed.DIM), status),
                Cell.of(amount(alert, "measured")),
                Cell.of(amount(alert, "threshold")),
                feed.cell(Feed.DIM, note(alert)));
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
