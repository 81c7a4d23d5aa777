package io.sessionevents;

import io.sessionevents.BillingDocument.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A DuckDB beside the files that docs/billing.md reads, with prices and a bill that are invented. */
record BillingDatabase(Connection connection, Statement statement, Path directory) implements AutoCloseable {
    private static final String PRICES = "CREATE TABLE IF NOT EXISTS prices";
    private static final String RATES = """
            INSERT INTO prices
            SELECT application, meter, '111122223333', 'Example', 'USD', account, region, 'SKU' || meter, 'SKU' || meter || '.1',
              price * 2, price
            FROM (VALUES ('%s', 'data', 'US East (N. Virginia)'), ('%s', 'data-eu', 'Europe (Frankfurt)'))
                AS applications(application, account, region),
              (VALUES ('vCPU', 0.05), ('Memory', 0.005), ('Storage', 0.0001)) AS rates(meter, price);
            """.formatted(BilledSessions.APPLICATION, BilledSessions.APPLICATION_OF_EU);
    private static final String BILL = """
            CREATE TABLE cur AS
            SELECT line_item_resource_id, line_item_usage_start_date, line_item_usage_type, line_item_usage_amount,
              'Usage' AS line_item_line_item_type
            FROM (VALUES
              ('arn:aws:emr-serverless:us-east-1:123456789012:/applications/%1$s',
                TIMESTAMP '2026-11-23 09:00:00', 'USE1-EMR-SERVERLESS-vCPUHours', 0.75),
              ('arn:aws:emr-serverless:us-east-1:123456789012:/applications/%1$s',
                TIMESTAMP '2026-11-24 09:00:00', 'USE1-EMR-SERVERLESS-ARM-vCPUHours', 2.05),
              ('arn:aws:emr-serverless:us-east-1:123456789012:/applications/%1$s',
                TIMESTAMP '2026-11-24 09:00:00', 'USE1-EMR-SERVERLESS-MemoryGBHours', 11),
              ('arn:aws:emr-serverless:us-east-1:123456789012:/applications/%1$s',
                TIMESTAMP '2026-11-24 09:00:00', 'USE1-EMR-SERVERLESS-StorageGBHours', 1.5),
              ('arn:aws:emr-serverless:eu-central-1:210987654321:/applications/%2$s',
                TIMESTAMP '2026-11-30 22:00:00', 'EUC1-EMR-SERVERLESS-vCPUHours', 5.9),
              ('arn:aws:emr-serverless:eu-central-1:210987654321:/applications/%2$s',
                TIMESTAMP '2026-12-01 00:00:00', 'EUC1-EMR-SERVERLESS-vCPUHours', 4),
              ('arn:aws:emr-serverless:eu-central-1:210987654321:/applications/%2$s',
                TIMESTAMP '2026-11-30 22:00:00', 'EUC1-EMR-SERVERLESS-MemoryGBHours', 23.6),
              ('arn:aws:emr-serverless:eu-central-1:210987654321:/applications/%2$s',
                TIMESTAMP '2026-12-01 00:00:00', 'EUC1-EMR-SERVERLESS-MemoryGBHours', 16),
              ('arn:aws:emr-serverless:eu-central-1:210987654321:/applications/%2$s',
                TIMESTAMP '2026-12-01 00:00:00', 'EUC1-EMR-SERVERLESS-StorageGBHours', 0.25))
              AS lines(line_item_resource_id, line_item_usage_start_date, line_item_usage_type, line_item_usage_amount);
            """.formatted(BilledSessions.APPLICATION, BilledSessions.APPLICATION_OF_EU);

    /** Opens one; the files are in that directory. */
    static BillingDatabase open(Path directory) throws IOException, SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        statement.execute("SET file_search_path = '" + directory + "'");
        // The results must not depend on where they are asked for.
        statement.execute("SET TimeZone = 'Asia/Tokyo'");
        statement.execute(BillingDocument.sql("", PRICES));
        statement.execute(RATES);
        statement.execute(BILL);
        return new BillingDatabase(connection, statement, directory);
    }

    /** Runs every block of the document that shows no result. */
    BillingDatabase withViews() throws IOException, SQLException {
        for (Block block : BillingDocument.sql("")) {
            if (block.result() == null) {
                execute(block.sql());
            }
        }
        return this;
    }

    /** DuckDB reads from where it is told, and writes into the working directory: not into this one. */
    void execute(String sql) throws SQLException {
        statement.execute(sql.replace("COPY focus TO '", "COPY focus TO '" + directory + "/"));
    }

    /** What the query gives, as the document shows it. */
    String table(String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return BillingDocument.table(rows);
        }
    }

    long count(String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
