package io.sessionevents.http.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as the clock says them, always in UTC, as the events and the log have them. */
final class Clock {
    private static final DateTimeFormatter DATE = formatter("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = formatter("HH:mm:ss");
    private static final DateTimeFormatter EXACT = formatter("HH:mm:ss.SSS");

    private Clock() {}

    /** Such as: 12:00:05 UTC. */
    static String text(Instant at) {
        return time(at) + " UTC";
    }

    /** Such as: 2026-11-23 12:00:05. */
    static String dated(Instant at) {
        return date(at) + " " + time(at);
    }

    /** Such as: 2026-11-23. */
    static String date(Instant at) {
        return DATE.format(at);
    }

    /** Such as: 12:00:05. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Such as: 12:00:05.250. */
    static String exact(Instant at) {
        return EXACT.format(at);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
