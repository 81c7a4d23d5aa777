package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.cli.ChangePrinter;
import io.sessionevents.cli.OutputFormat;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.StateChange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the queries of docs/billing.md, as they stand there, on what {@code tail --output json} prints. */
class BillingDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/billing.md");
    private static final Pattern QUERY_AND_RESULT =
            Pattern.compile("^```sql\\n([^`]*?)^```$(?:\\n\\n((?:^\\|.*\\|\\n)+))?", Pattern.MULTILINE);
    private static final Instant FIRST_DAY = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SECOND_DAY = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheResultsThatTheDocumentShows() throws IOException, SQLException {
        writeEvents();
        List<MatchResult> queries =
                QUERY_AND_RESULT.matcher(Files.readString(DOCUMENT)).results().toList();

        assertThat(queries).hasSize(4);
        assertThat(queries).filteredOn(query -> query.group(2) != null).hasSize(3);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET file_search_path = '" + directory + "'");
            statement.execute("SET TimeZone = 'UTC'");
            for (MatchResult query : queries) {
                String shown = query.group(2);
                if (shown == null) {
                    statement.execute(query.group(1));
                } else {
                    assertThat(table(statement.executeQuery(query.group(1))))
                            .as(query.group(1))
                            .isEqualTo(shown);
                }
            }
        }
    }

    /** Two teams; an event that was written twice, a session without numbers, and one that has no end and lacks an event. */
    private void writeEvents() throws IOException {
        StateChange twice = ended("1", "TERMINATED", "blue", FIRST_DAY, ResourceUtilization.of(0.5, 2.0, 0.0));
        Stream<StateChange> changes = Stream.of(
                living("1", 1, "IDLE", "blue", FIRST_DAY),
                twice,
                twice,
                living("2", 1, "BUSY", "blue", FIRST_DAY),
                ended("2", "TERMINATED", "blue", FIRST_DAY, ResourceUtilization.of(0.25, 1.0, 1.5)),
                living("3", 1, "SUBMITTED", "green", SECOND_DAY),
                ended("3", "FAILED", "green", SECOND_DAY, null),
                living("4", 1, "BUSY", "green", SECOND_DAY),
                ended("4", "TERMINATED", "green", SECOND_DAY, ResourceUtilization.of(1.0, 4.0, 0.0)),
                living("5", 1, "SUBMITTED", "green", FIRST_DAY),
                living("5", 3, "IDLE", "green", FIRST_DAY.plusSeconds(119)));
        var events = new ChangeEvents(ConfigurationDetail.REDACTED);
        try (var out = new PrintWriter(Files.newBufferedWriter(directory.resolve("events.jsonl")))) {
            var printer = new ChangePrinter(out, OutputFormat.json, false, ZoneOffset.UTC);
            changes.forEach(
                    change -> assertThat(printer.print(events.event(change))).isTrue());
        }
    }

    private static StateChange living(String session, long sequence, String state, String team, Instant at) {
        return change(session, sequence, state, team, at, null);
    }

    private static StateChange ended(
            String session, String state, String team, Instant at, @Nullable ResourceUtilization billed) {
        return change(session, 2, state, team, at.plusSeconds(600), billed);
    }

    private static StateChange change(
            String number, long sequence, String state, String team, Instant at, @Nullable ResourceUtilization billed) {
        var key = new SessionKey("00g92n5o091bas09", "00g92n6fhqd4qb0" + number);
        Session plain =
                SessionSample.of(key).state(state).updatedAt(at).endedAt(at).session();
        return new StateChange(
                key,
                sequence,
                null,
                List.of(),
                at,
                at.plusSeconds(1),
                null,
                Map.of("team", team),
                Origin.PUBLISHED,
                billed(plain, billed));
    }

    private static Session billed(Session s, @Nullable ResourceUtilization billed) {
        return new Session(
                s.applicationId(),
                s.sessionId(),
                s.arn(),
                s.name(),
                s.state(),
                s.stateDetails(),
                s.releaseLabel(),
                s.executionRoleArn(),
                s.createdBy(),
                s.updatedAt(),
                s.updatedAt(),
                s.startedAt(),
                s.endedAt(),
                s.idleSince(),
                null,
                null,
                null,
                null,
                billed,
                billed,
                null);
    }

    private static String table(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        var text = new StringBuilder(line(names))
                .append("|---".repeat(names.size()))
                .append("|\n");
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int column = 1; column <= names.size(); column++) {
                cells.add(String.valueOf(rows.getObject(column)));
            }
            text.append(line(cells));
        }
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
