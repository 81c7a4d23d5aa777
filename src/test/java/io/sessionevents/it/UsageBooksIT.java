package io.sessionevents.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionevents.BilledSessions;
import io.sessionevents.BillingDocument;
import io.sessionevents.BillingDocument.Block;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.UsageWriter;
import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.session.UsageRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipe of docs/billing.md for PostgreSQL, and a consumer that was written from it. */
class UsageBooksIT {
    private static final long SEED = 20261127;
    private static final int SESSIONS = 300;
    private static final int KILLS = 4;
    private static final int BATCH = 20;
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    private static @Nullable EmbeddedPostgres postgres;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private Connection connection;

    @BeforeAll
    static void startPostgres() throws IOException, InterruptedException {
        assumeTrue(Postgres.available("UsageBooksIT"));
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void createTable() throws IOException, SQLException {
        connection = DriverManager.getConnection(url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS usage");
            statement.execute(BillingDocument.sql("postgresql", "CREATE TABLE usage"));
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void shouldEndWithTheTruthHoweverOftenItIsKilled() throws Exception {
        List<UsageRecord> records = new RandomUsage(random).records(SESSIONS);
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var topic = new UsageTopic(environment)) {
            int produced = 0;
            int interrupted = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                int until = records.size() * kill / (KILLS + 1);
                topic.produce(records.subList(produced, until));
                int booked = progress();
                int more = random.nextInt((until - produced) / 2);
                produced = until;
                try (ChildProcess books = books(environment, "books")) {
                    Poll.await(
                            "records that are booked",
                            this::progress,
                            () -> progress() >= booked + more || !books.alive());
                    assertThat(books.alive()).as(books.log()).isTrue();
                    assertThat(books.kill()).isNotZero();
                    interrupted += topic.left("books") > 0 ? 1 : 0;
                }
            }
            assertThat(interrupted).isPositive();
            topic.produce(records.subList(produced, records.size()));
            finish(environment, topic, "books", records);
            // Whoever reads everything once more changes nothing.
            finish(environment, topic, "books-anew", records);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | it is as the document says |                                       |
            false | it adds                    | = excluded\\.(\\w+_hours)             | = usage.$1 + excluded.$1
            false | it ignores times           | WHERE excluded\\.settled_at[^;]*      | WHERE true
            false | it ignores corrections     | (?s)DO UPDATE.*;                      | DO NOTHING
            false | it takes what is older     | settled_at > usage                    | settled_at < usage
            false | it goes by revisions       | excluded\\.settled_at > usage\\.\\w+    | excluded.revision > usage.revision
            """)
    void shouldEndWithTheTruthOnlyIf(boolean truth, String what, String part, String other) throws Exception {
        List<UsageRecord> records = new RandomUsage(random).records(SESSIONS);
        String documented = UsageBooks.documented();
        String upsert = truth ? documented : documented.replaceAll(part, other);
        assertThat(upsert.equals(documented)).as(what).isEqualTo(truth);

        new UsageBooks(connection, upsert).book(read(deliveries(records)));

        assertThat(BookedUsage.in(connection).equals(BookedUsage.truth(records)))
                .as(what)
                .isEqualTo(truth);
    }

    /** Batch by batch, by the statement for Iceberg, which is standard SQL. */
    @Test
    void shouldMergeBatchesToTheTruth() throws Exception {
        List<UsageRecord> records = new RandomUsage(random).records(SESSIONS);
        List<GenericRecord> delivered = read(deliveries(records));
        String insert = UsageBooks.documented()
                .replaceFirst("INTO usage", "INTO arrived")
                .replaceFirst("(?s)ON CONFLICT.*", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE arrived AS SELECT * FROM usage");
            for (int from = 0; from < delivered.size(); from += BATCH) {
                new UsageBooks(connection, insert)
                        .book(delivered.subList(from, Math.min(from + BATCH, delivered.size())));
                statement.execute(BillingDocument.sql("iceberg", "MERGE INTO usage"));
                statement.execute("TRUNCATE arrived");
            }
        }

        assertThat(BookedUsage.in(connection)).as("seed %d", SEED).isEqualTo(BookedUsage.truth(records));
    }

    @Test
    void shouldGiveTheResultsThatTheDocumentShows() throws Exception {
        new UsageBooks(connection, UsageBooks.documented()).book(read(BilledSessions.usage()));

        List<Block> queries = BillingDocument.sql("postgresql").stream()
                .filter(block -> block.result() != null)
                .toList();
        assertThat(queries).hasSize(1);
        try (Statement statement = connection.createStatement()) {
            for (Block query : queries) {
                assertThat(BillingDocument.table(statement.executeQuery(query.sql())))
                        .isEqualTo(query.result());
            }
        }
    }

    /** As they come to consumers that start again, and from one that was believed dead and writes late. */
    private List<UsageRecord> deliveries(List<UsageRecord> records) {
        List<UsageRecord> deliveries = new ArrayList<>();
        for (int next = 0; next < records.size(); next++) {
            deliveries.add(records.get(next));
            if (random.nextInt(20) == 0) {
                next -= random.nextInt(Math.min(next + 1, 15));
            }
            if (random.nextInt(20) == 0) {
                deliveries.add(records.get(random.nextInt(next + 1)));
            }
        }
        return deliveries;
    }

    /** What a consumer makes of what the service writes. */
    private static List<GenericRecord> read(List<UsageRecord> records) throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
                var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
                var consumer = new RegistryAvroSerde<GenericRecord>(client, false)) {
            UsageWriter writer = UsageTopic.writer(client);
            return records.stream()
                    .map(usage -> consumer.deserializer()
                            .deserialize(
                                    LocalEnvironment.USAGE,
                                    writer.write(usage, bytes -> true).value()))
                    .toList();
        }
    }

    /** Waits until the group has read everything, and compares. */
    private void finish(LocalEnvironment environment, UsageTopic topic, String group, List<UsageRecord> records)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        try (ChildProcess books = books(environment, group)) {
            Poll.await("the end of the topic", this::progress, () -> topic.left(group) == 0 || !books.alive());
            assertThat(books.alive()).as(books.log()).isTrue();
            assertThat(books.kill()).isNotZero();
        }
        assertThat(BookedUsage.in(connection)).as("seed %d", SEED).isEqualTo(BookedUsage.truth(records));
    }

    private ChildProcess books(LocalEnvironment environment, String group) throws IOException {
        return ChildProcess.ofThisClassPath(
                JVM,
                UsageBooks.class,
                List.of(
                        environment.kafka().bootstrapServers(),
                        environment.registry().url(),
                        LocalEnvironment.USAGE,
                        url(),
                        group),
                directory.resolve("books.log"));
    }

    /** Grows with each record that is booked, by one at least: half hours since the ends of sessions. */
    private int progress() {
        try (Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT coalesce(sum(extract(epoch FROM settled_at - timestamptz '%s') / 1800), 0) FROM usage"
                                .formatted(RandomUsage.END))) {
            sum.next();
            return sum.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url() {
        return requireNonNull(postgres).getJdbcUrl("postgres", "postgres");
    }
}
