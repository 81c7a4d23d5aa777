package io.sessionevents;

import static io.sessionevents.session.UsageStatus.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One session whose revisions began again, as docs/billing.md books it: each way ends at what was told last. */
class ToldAnewTest {
    private static final SessionKey KEY = new SessionKey(BilledSessions.APPLICATION, "00g92n6fhqd4qb09");
    private static final SessionKey RENAMED = new SessionKey("prod", KEY.applicationId(), KEY.sessionId());
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant END = hour(1);

    @TempDir
    private Path directory;

    /** Records as {@code source team hour vCPU}; each run of them, between {@code |}, begins at revision 1. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            after a reset;                 default blue 2 1.0, default blue 7 1.2 | default blue 30 1.2, default blue 31 1.5; {blue=1.5}
            under another name;            default blue 2 1.0, default blue 7 1.2 | prod blue 30 1.2, prod blue 31 1.5; {blue=1.5}
            and no other numbers;          default blue 2 1.0, default blue 7 1.5 | prod blue 30 1.5; {blue=1.5}
            beside the old name;           default blue 2 1.0, default blue 30 1.2 | prod blue 7 1.2, prod blue 31 1.5; {blue=1.5}
            without numbers;               default blue 2 1.0, default blue 7 1.2 | default blue 31 -; {}
            with another label;            default blue 2 2.0, default green 99 1.9; {green=1.9}
            with another label anew;       default blue 2 2.0 | prod green 99 2.0; {green=2}
            without numbers, and then;     default blue 2 1.0 | default blue 31 -, default blue 40 1.5; {blue=1.5}
            """)
    void shouldEndAtWhatWasToldLast(String what, String records, String teams) throws IOException, SQLException {
        List<UsageRecord> usage = usage(records);
        List<UsageRecord> delivered =
                Stream.of(usage.reversed(), usage).flatMap(List::stream).toList();
        BilledSessions.writeUsage(directory, delivered);
        BilledSessions.writeChanges(directory, Stream.of(ended(KEY), ended(RENAMED)));
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(database.count("usage")).as(what).isOne();
            assertThat(sums(database, "SELECT labels['team'], sum(vcpu_hours) FROM usage"))
                    .as("table")
                    .hasToString(teams);
            assertThat(sums(database, "SELECT labels['team'], sum(vcpu_hours_added) FROM usage_records"))
                    .as("differences")
                    .hasToString(teams);
            assertThat(sums(
                            database,
                            "SELECT x_Labels->>'team', sum(ConsumedQuantity) FROM focus WHERE SkuMeter = 'vCPU'"))
                    .as("FOCUS")
                    .hasToString(teams);
            assertThat(sums(MeterEvents.of(database, delivered), usage.getLast()))
                    .as("meter")
                    .hasToString(teams);
            assertThat(FocusRules.broken(database.statement(), "focus")).isEmpty();
            assertThat(database.table(BillingDocument.sql("", "SELECT DISTINCT ON (session.arn)")))
                    .as("ended without a record")
                    .hasLineCount(2);
        }
    }

    /** Those of a session that began again are no gap, and another source is another count. */
    @Test
    void shouldFindGapsInEventsThatBeganAgain() throws IOException, SQLException {
        String gaps = BillingDocument.sql("", "SELECT source, applicationId, sessionId, max(sequence)");
        BilledSessions.writeUsage(directory, List.of());
        BilledSessions.writeChanges(
                directory,
                Stream.of(
                        BilledSessions.change(KEY, 1, "BUSY", START),
                        BilledSessions.change(KEY, 2, "TERMINATED", END),
                        BilledSessions.change(KEY, 1, "TERMINATED", END),
                        BilledSessions.change(RENAMED, 2, "TERMINATED", END)));

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(database.table(gaps)).hasLineCount(3).contains("| prod | ");
        }
    }

    private static StateChange ended(SessionKey key) {
        return BilledSessions.change(key, 1, "TERMINATED", END);
    }

    /** In the order in which they were settled. */
    private static List<UsageRecord> usage(String records) {
        List<UsageRecord> usage = new ArrayList<>();
        for (String run : records.split("\\|", -1)) {
            List<String[]> told = new ArrayList<>();
            for (String record : run.strip().split(", ", -1)) {
                told.add(record.split(" ", -1));
                usage.add(last(told));
            }
        }
        usage.sort(Comparator.comparing(UsageRecord::settledAt));
        return usage;
    }

    /** The last one of a run of revisions. */
    private static UsageRecord last(List<String[]> run) {
        String[] last = run.getLast();
        var history = new UsageHistory(
                last[0].equals("default") ? KEY : RENAMED,
                "us-east-1:123456789012",
                null,
                Map.of("team", last[1]),
                START,
                END);
        run.forEach(told -> history.revision(
                SETTLED, hour(Integer.parseInt(told[2])), told[3].equals("-") ? null : told[3], null, null));
        return history.records().getLast();
    }

    /** By team, without those that have none. */
    private static Map<String, String> sums(BillingDatabase database, String query) throws SQLException {
        return database.table(query + " GROUP BY ALL ORDER BY ALL")
                .lines()
                .skip(2)
                .map(line -> line.split(" ?\\| ?", -1))
                .filter(cells -> !cells[2].equals("null") && !cells[2].equals("0"))
                .collect(TreeMap::new, (sums, cells) -> sums.put(cells[1], cells[2]), Map::putAll);
    }

    /** What a meter adds up that knows repeats by their id, by the team of the last record. */
    private static Map<String, String> sums(List<JsonNode> events, UsageRecord last) {
        Map<String, BigDecimal> added = new TreeMap<>();
        for (JsonNode event : events) {
            assertThat(event.path("subject").asText()).isEqualTo(last.identity().arn());
            added.put(
                    event.path("id").asText(),
                    new BigDecimal(event.at("/data/vcpu_hours").asText()));
        }
        BigDecimal sum = added.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.signum() == 0
                ? Map.of()
                : Map.of(
                        String.valueOf(last.labels().get("team")),
                        sum.stripTrailingZeros().toPlainString());
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(hour * 3600L);
    }
}
