package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.cli.Table.Cell;
import io.sessionevents.cli.Table.Column;
import io.sessionevents.cli.Table.Cut;
import io.sessionevents.cli.Table.Wish;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.avro.generic.IndexedRecord;

/** Prints settled usage: what is billed, and after a correction how much that differs from the revision before. */
public final class UsagePrinter implements RecordPrinter {
    private static final int NUMBER = 10;
    private static final Table TABLE = new Table(
            List.of(
                    new Column("TIME", false, Cut.END, Feed.MILLIS),
                    new Column("SESSION", false, Cut.START, Feed.KEY),
                    new Column("STATUS", false, Cut.END, 12),
                    new Column("VCPU H", true, Cut.NOT, NUMBER),
                    new Column("MEM GB H", true, Cut.NOT, NUMBER),
                    new Column("STOR GB H", true, Cut.NOT, NUMBER),
                    new Column("NOTE", false, Cut.END, 1)),
            List.of(
                    new Wish(1, Feed.SHORT_KEY),
                    new Wish(2, 11),
                    new Wish(3, NUMBER),
                    new Wish(0, Feed.SECONDS),
                    new Wish(1, Feed.KEY),
                    new Wish(4, NUMBER),
                    new Wish(5, NUMBER),
                    new Wish(6, 10),
                    new Wish(2, 12),
                    new Wish(0, Feed.MILLIS),
                    new Wish(6, 40),
                    new Wish(1, Feed.LONG_KEY)),
            1);
    private static final Map<String, String> COLOURS = Map.of(
            "SETTLED", "\u001b[32m",
            "CORRECTED", "\u001b[33m",
            "UNSETTLED", "\u001b[31m");

    private final Feed feed;

    public UsagePrinter(PrintWriter out, RowStyle style) {
        this.feed = new Feed(out, style, TABLE);
    }

    @Override
    public boolean print(IndexedRecord written) {
        return feed.print(written, this::row);
    }

    private List<Cell> row(JsonNode usage) {
        JsonNode billed = usage.path("billed");
        return List.of(
                feed.time(Instant.parse(usage.path("settledAt").asText())),
                Cell.of(Feed.session(usage)),
                status(usage),
                Cell.of(fitting(billed.path("vCPUHourText"))),
                Cell.of(fitting(billed.path("memoryGBHourText"))),
                Cell.of(fitting(billed.path("storageGBHourText"))),
                feed.cell(Feed.DIM, note(usage)));
    }

    private Cell status(JsonNode usage) {
        String status = usage.path("status").asText();
        return feed.cell(colour(status), status + " " + usage.path("revision").asInt());
    }

    /** The colour of a status, by its name. */
    static String colour(String status) {
        return COLOURS.getOrDefault(status, Feed.DIM);
    }

    /** As AWS sent it. A sign stands for decimals that have no room; what cannot be cut without misleading is whole. */
    private static String fitting(JsonNode number) {
        if (!number.isTextual()) {
            return "·";
        }
        String text = number.asText();
        int point = text.indexOf('.');
        boolean decimals = point >= 0 && point < NUMBER - 1 && !text.matches(".*[eE].*");
        return text.length() > NUMBER && decimals ? text.substring(0, NUMBER - 1) + "…" : text;
    }

    private static String note(JsonNode usage) {
        String difference = usage.path("revision").asInt() > 1 ? difference(usage.path("billedDelta")) : "";
        return (difference + " " + Feed.labels(usage)).strip();
    }

    private static String difference(JsonNode delta) {
        var difference = new StringJoiner(", ");
        difference.setEmptyValue("billed as before");
        add(difference, delta.path("vCPUHourText"), "vCPU h");
        add(difference, delta.path("memoryGBHourText"), "memory GB h");
        add(difference, delta.path("storageGBHourText"), "storage GB h");
        return difference.toString();
    }

    private static void add(StringJoiner difference, JsonNode number, String unit) {
        int sign = number.isTextual() ? new BigDecimal(number.asText()).signum() : 0;
        if (sign != 0) {
            difference.add((sign > 0 ? "+" : "") + number.asText() + " " + unit);
        }
    }
}
