package io.sessionevents.local.judge;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a verdict.
 *
 * @param what was judged
 * @param promised of it
 * @param measured of it
 * @param violations what broke the promise
 */
public record Row(String what, String promised, String measured, List<String> violations) {
    private static final int EXAMPLES = 5;

    public Row {
        violations = List.copyOf(violations);
    }

    /** By a figure. */
    public static Row of(String what, String promised, String measured, boolean kept) {
        return new Row(what, promised, measured, kept ? List.of() : List.of(what + ": " + measured));
    }

    public boolean kept() {
        return violations.isEmpty();
    }

    /** A few of the violations, for people. */
    public List<String> examples() {
        return violations.subList(0, Math.min(EXAMPLES, violations.size()));
    }

    /** This and more of the same. */
    Row and(Row more) {
        List<String> all =
                Stream.concat(violations.stream(), more.violations.stream()).toList();
        return new Row(what, promised, Integer.toString(all.size()), all);
    }
}
