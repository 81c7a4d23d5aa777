package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A long run that puts promises to the test. */
@FunctionalInterface
public interface Campaign {

    /** Runs it. */
    Result run(Run run) throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param table rows in Markdown
     */
    record Result(Verdict verdict, String table) {
        /** With a row for each of the verdict's. */
        public static Result of(List<Row> rows) {
            return new Result(new Verdict(rows), rows.stream().map(Result::line).collect(Collectors.joining()));
        }

        private static String line(Row row) {
            return "| %s | %s | %s | %s |%n"
                    .formatted(row.what(), row.promised(), row.measured(), row.kept() ? "kept" : "**broken**");
        }
    }

    /** The row in which most of them end. */
    static Row events(List<String> violations, int events) {
        return new Row(
                "events",
                "none lost, repeated, out of order or invented",
                events + " events, " + violations.size() + " violations",
                violations);
    }
}
