package io.sessionevents.it;

import io.sessionevents.BillingDocument;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Books usage in PostgreSQL, written from docs/billing.md alone. */
final class UsageBooks {
    /** Few, so that a process that is killed is often in the middle of something. */
    private static final int RECORDS_PER_TRANSACTION = 5;

    private static final Duration POLL = Duration.ofMillis(200);

    private final Connection connection;
    private final String upsert;

    /** Books by that statement; the connection is the caller's to close. */
    UsageBooks(Connection connection, String upsert) {
        this.connection = connection;
        this.upsert = upsert;
    }

    /** The statement that the document gives. */
    static String documented() throws IOException {
        return BillingDocument.sql("postgresql", "INSERT INTO usage");
    }

    /** Books for ever. Arguments: bootstrap servers, URL of the registry, topic, JDBC URL, consumer group. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", arguments[4],
                // One that starts again takes its partitions back at once.
                "group.instance.id", "books",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "max.poll.records", RECORDS_PER_TRANSACTION);
        try (var registry = new ConfluentSchemaRegistry(Map.of("schema.registry.url", arguments[1]));
                var serde = new RegistryAvroSerde<GenericRecord>(registry, false);
                var connection = DriverManager.getConnection(arguments[3]);
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), serde.deserializer())) {
            connection.setAutoCommit(false);
            var books = new UsageBooks(connection, documented());
            consumer.subscribe(List.of(arguments[2]));
            while (true) {
                List<GenericRecord> usage = new ArrayList<>();
                for (ConsumerRecord<String, GenericRecord> record : consumer.poll(POLL)) {
                    usage.add(record.value());
                }
                books.book(usage);
                connection.commit();
                consumer.commitSync();
            }
        }
    }

    /** Books these within the transaction of the connection. */
    void book(List<GenericRecord> usage) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (GenericRecord record : usage) {
                bind(statement, record);
                statement.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, GenericRecord record) throws SQLException {
        statement.setString(1, text(record, "arn"));
        statement.setString(2, time(record, "settledAt"));
        statement.setInt(3, (Integer) record.get("revision"));
        statement.setString(4, text(record, "status"));
        statement.setString(5, text(record, "source"));
        statement.setString(6, text(record, "applicationId"));
        statement.setString(7, text(record, "sessionId"));
        statement.setString(8, text(record, "accountId"));
        statement.setString(9, label(record, "team"));
        statement.setString(10, time(record, "endedAt"));
        var billed = (GenericRecord) record.get("billed");
        statement.setString(11, billed == null ? null : text(billed, "vCPUHourText"));
        statement.setString(12, billed == null ? null : text(billed, "memoryGBHourText"));
        statement.setString(13, billed == null ? null : text(billed, "storageGBHourText"));
    }

    private static String time(GenericRecord record, String field) {
        return Instant.ofEpochMilli((Long) record.get(field)).toString();
    }

    private static @Nullable String text(GenericRecord record, String field) {
        Object value = record.get(field);
        return value == null ? null : value.toString();
    }

    /** Avro's texts are not Java's: a map of them does not know a string as a key. */
    private static @Nullable String label(GenericRecord record, String name) {
        return ((Map<?, ?>) record.get("labels"))
                .entrySet().stream()
                        .filter(label -> label.getKey().toString().equals(name))
                        .map(label -> label.getValue().toString())
                        .findFirst()
                        .orElse(null);
    }
}
