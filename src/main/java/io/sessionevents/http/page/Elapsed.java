package io.sessionevents.http.page;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time as people say them: two units at most, and never more digits than matter. The script says them alike. */
final class Elapsed {
    private Elapsed() {}

    /** How the time between a moment and now is put. */
    enum Form {
        /** 3 min ago, or in 3 min. */
        AGO,
        /** 3 min; a moment that is still to come counts as now. */
        FOR
    }

    /** Such as: 42 s, 12 min, 3 h 20 min, 2 d 4 h. Less than nothing is 0 s. */
    static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 24 ? two(hours, "h", minutes % 60, "min") : two(hours / 24, "d", hours % 24, "h");
    }

    /**
     * The same in a sentence.
     *
     * @param since time since the moment; negative if it is still to come
     */
    static String text(Duration since, Form form) {
        return switch (form) {
            case FOR -> text(since);
            case AGO -> since.isNegative() ? "in " + text(since.negated()) : text(since) + " ago";
        };
    }

    /** Such as: 850 ms, 4.2 s, and the longer ones as above. */
    static String exact(Duration duration) {
        if (duration.isNegative()) {
            return "0 ms";
        }
        if (duration.toSeconds() >= 60) {
            return text(duration);
        }
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
    }

    private static String two(long many, String unit, long few, String smaller) {
        return few == 0 ? many + " " + unit : many + " " + unit + " " + few + " " + smaller;
    }
}
