package io.sessionevents.local.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of a run, promise by promise. */
public record Verdict(List<Row> rows) {

    public Verdict {
        rows = List.copyOf(rows);
    }

    public boolean kept() {
        return rows.stream().allMatch(Row::kept);
    }

    /** What was broken, in the order of the rows. */
    public Set<String> broken() {
        return rows.stream()
                .filter(row -> !row.kept())
                .map(Row::what)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** How often that was broken; 0 if it was not judged. */
    public int count(String what) {
        return rows.stream()
                .filter(row -> row.what().equals(what))
                .mapToInt(row -> row.violations().size())
                .sum();
    }

    /** Everything that broke a promise. */
    public List<String> violations() {
        return rows.stream().flatMap(row -> row.violations().stream()).toList();
    }

    /** A few of the violations of each row, for people. */
    public List<String> examples() {
        return rows.stream().flatMap(row -> row.examples().stream()).toList();
    }

    /** This and more of the same: rows of one name become one. */
    public Verdict and(Verdict more) {
        Map<String, Row> all = new LinkedHashMap<>();
        Stream.concat(rows.stream(), more.rows.stream()).forEach(row -> all.merge(row.what(), row, Row::and));
        return new Verdict(List.copyOf(all.values()));
    }
}
