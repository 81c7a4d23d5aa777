package io.sessionevents.local.command.bench.outside;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was measured several times, in ascending order; not empty. */
record Spread(List<Double> values) {
    Spread {
        values = new ArrayList<>(values);
        Collections.sort(values);
    }

    double median() {
        return quantile(0.5);
    }

    /** The smallest of them that no less than that share of them reaches. */
    double quantile(double share) {
        return values.get(Math.max(0, (int) Math.ceil(share * values.size()) - 1));
    }

    /** The median, and between what the values lie. */
    String text(int digits) {
        String format = "%,." + digits + "f";
        String median = String.format(Locale.ROOT, format, median());
        return values.size() == 1
                ? median
                : median + " ("
                        + String.format(Locale.ROOT, format + " to " + format, values.getFirst(), values.getLast())
                        + ")";
    }

    /** For times: median, 99th percentile and the longest, in milliseconds. */
    String times() {
        return String.format(
                Locale.ROOT, "median %,.0f, p99 %,.0f, longest %,.0f", median(), quantile(0.99), values.getLast());
    }
}
