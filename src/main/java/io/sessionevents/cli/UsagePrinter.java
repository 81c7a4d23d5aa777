package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.avro.generic.IndexedRecord;

/** Prints settled usage: what is billed, and after a correction how much that differs from the revision before. */
public final class UsagePrinter implements RecordPrinter {
    private static final int NUMBER = 10;
    private static final int STATUS = 12;
    private static final String HEADING = "%-12s  %-33s  %-12s  %10s  %10s  %10s  %s"
            .formatted("TIME", "SESSION", "STATUS", "VCPU H", "MEM GB H", "STOR GB H", "NOTE");
    private static final Map<String, String> COLOURS = Map.of(
            "SETTLED", "\u001b[32m",
            "CORRECTED", "\u001b[33m",
            "UNSETTLED", "\u001b[31m");

    private final Feed feed;

    public UsagePrinter(PrintWriter out, OutputFormat format, boolean colour, ZoneId zone) {
        this.feed = new Feed(out, format, colour, zone, HEADING);
    }

    @Override
    public boolean print(IndexedRecord written) {
        return feed.print(written, this::row);
    }

    private String row(JsonNode usage) {
        JsonNode billed = usage.path("billed");
        return feed.time(Instant.parse(usage.path("settledAt").asText())) + "  "
                + "%-33s".formatted(Feed.session(usage)) + "  "
                + status(usage) + "  "
                + "%10s".formatted(fitting(billed.path("vCPUHourText"))) + "  "
                + "%10s".formatted(fitting(billed.path("memoryGBHourText"))) + "  "
                + "%10s".formatted(fitting(billed.path("storageGBHourText"))) + "  "
                + feed.paint(Feed.DIM, note(usage));
    }

    private String status(JsonNode usage) {
        String status = usage.path("status").asText();
        String text = status + " " + usage.path("revision").asInt();
        return feed.paint(colour(status), text) + " ".repeat(Math.max(0, STATUS - text.length()));
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
