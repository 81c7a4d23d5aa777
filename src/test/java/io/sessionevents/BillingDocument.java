package io.sessionevents;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL of docs/billing.md, and the tables that the document shows as its results. */
public final class BillingDocument {
    private static final Path DOCUMENT = Path.of("docs/billing.md");
    private static final Pattern SQL =
            Pattern.compile("^```sql ?(\\w*)\\n([^`]*?)^```$(?:\\n\\n((?:^\\|.*\\|\\n)+))?", Pattern.MULTILINE);

    private BillingDocument() {}

    /**
     * One block.
     *
     * @param dialect as the fence names it; empty for DuckDB
     * @param result null if the document shows none
     */
    public record Block(
            String dialect, String sql, @Nullable String result) {}

    /** All blocks of that dialect, in their order. */
    public static List<Block> sql(String dialect) throws IOException {
        return all().stream().filter(block -> block.dialect().equals(dialect)).toList();
    }

    /** All blocks. */
    public static List<Block> all() throws IOException {
        return SQL.matcher(Files.readString(DOCUMENT))
                .results()
                .map(block -> new Block(block.group(1), block.group(2), block.group(3)))
                .toList();
    }

    /** The only block of that dialect that begins so. */
    public static String sql(String dialect, String begin) throws IOException {
        List<Block> found = sql(dialect).stream()
                .filter(block -> block.sql().startsWith(begin))
                .toList();
        if (found.size() != 1) {
            throw new IOException(DOCUMENT + " has " + found.size() + " blocks that begin with " + begin);
        }
        return found.getFirst().sql();
    }

    /** The rows as the document shows them: decimals without zeros that say nothing, times in UTC. */
    public static String table(ResultSet rows) throws SQLException {
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
                cells.add(cell(rows.getObject(column)));
            }
            text.append(line(cells));
        }
        return text.toString();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case OffsetDateTime time -> time.toInstant().toString();
            default -> value.toString();
        };
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
