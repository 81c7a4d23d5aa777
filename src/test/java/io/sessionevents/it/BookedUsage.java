package io.sessionevents.it;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.UsageRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is booked for sessions, digit by digit.
 *
 * @param sessions last record by ARN
 * @param sums of the three numbers over all sessions
 */
record BookedUsage(Map<String, Line> sessions, List<BigDecimal> sums) {

    /** One session; numbers without zeros at the end. */
    record Line(
            int revision,
            String status,
            String source,
            @Nullable String team,
            @Nullable BigDecimal vCPU,
            @Nullable BigDecimal memory,
            @Nullable BigDecimal storage) {}

    /** What the last records say. Sums are those of meters: both ways to book must lead there. */
    static BookedUsage truth(List<UsageRecord> records) {
        Map<String, UsageRecord> last = new HashMap<>();
        for (UsageRecord usage : records) {
            last.merge(
                    usage.identity().arn(),
                    usage,
                    (one, other) -> one.settledAt().isAfter(other.settledAt()) ? one : other);
        }
        Map<String, Line> sessions = new TreeMap<>();
        last.forEach((key, usage) -> sessions.put(key, line(usage)));
        return new BookedUsage(
                sessions,
                Stream.<Function<ResourceUtilization, @Nullable Amount>>of(
                                ResourceUtilization::vCPU, ResourceUtilization::memory, ResourceUtilization::storage)
                        .map(number -> added(records, number))
                        .toList());
    }

    /** What the table holds. */
    static BookedUsage in(Connection connection) throws SQLException {
        Map<String, Line> sessions = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM usage")) {
                while (rows.next()) {
                    sessions.put(rows.getString("arn"), line(rows));
                }
            }
            try (ResultSet sums = statement.executeQuery(
                    "SELECT sum(vcpu_hours), sum(memory_gb_hours), sum(storage_gb_hours) FROM usage")) {
                sums.next();
                return new BookedUsage(
                        sessions,
                        Stream.of(sums.getBigDecimal(1), sums.getBigDecimal(2), sums.getBigDecimal(3))
                                .map(BigDecimal::stripTrailingZeros)
                                .toList());
            }
        }
    }

    /** As the document tells a meter to: of a record that is later than the last of its session, what it bills less that. */
    private static BigDecimal added(List<UsageRecord> records, Function<ResourceUtilization, @Nullable Amount> number) {
        Map<String, UsageRecord> held = new HashMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (UsageRecord usage : records) {
            UsageRecord before = held.get(usage.identity().arn());
            if (before == null || usage.settledAt().isAfter(before.settledAt())) {
                held.put(usage.identity().arn(), usage);
                sum = sum.add(billed(usage, number)).subtract(billed(before, number));
            }
        }
        return sum.stripTrailingZeros();
    }

    private static BigDecimal billed(
            @Nullable UsageRecord usage, Function<ResourceUtilization, @Nullable Amount> number) {
        ResourceUtilization billed = usage == null ? null : usage.numbers().billed();
        Amount amount = billed == null ? null : number.apply(billed);
        return amount == null ? BigDecimal.ZERO : amount.decimal();
    }

    private static Line line(UsageRecord usage) {
        ResourceUtilization billed = usage.numbers().billed();
        return new Line(
                usage.revision(),
                usage.status().name(),
                usage.key().source(),
                usage.labels().get("team"),
                billed == null ? null : plain(billed.vCPU()),
                billed == null ? null : plain(billed.memory()),
                billed == null ? null : plain(billed.storage()));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt("revision"),
                row.getString("status"),
                row.getString("source"),
                row.getString("team"),
                plain(row.getBigDecimal("vcpu_hours")),
                plain(row.getBigDecimal("memory_gb_hours")),
                plain(row.getBigDecimal("storage_gb_hours")));
    }

    private static @Nullable BigDecimal plain(@Nullable Amount amount) {
        return amount == null ? null : plain(amount.decimal());
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros();
    }
}
