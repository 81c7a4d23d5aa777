package io.sessionevents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.sessionevents.BillingDocument.Block;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the queries of docs/billing.md, as they stand there, on what {@code tail --output json} prints. */
class BillingDocumentTest {
    /** More than DuckDB looks at when it infers types. */
    private static final int MANY = 25_000;

    private static final String TEAMS = "SELECT source, accountId, labels";

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        BilledSessions.write(directory);
    }

    @Test
    void shouldGiveTheResultsThatTheDocumentShows() throws IOException, SQLException {
        List<Block> blocks = BillingDocument.sql("");

        assertThat(BillingDocument.all()).extracting(Block::dialect).containsOnly("", "postgresql", "iceberg");
        assertThat(blocks).filteredOn(block -> block.result() != null).hasSize(7);
        try (BillingDatabase database = BillingDatabase.open(directory)) {
            for (Block block : blocks) {
                String shown = block.result();
                if (shown == null) {
                    database.execute(block.sql());
                } else {
                    assertThat(database.table(block.sql())).as(block.sql()).isEqualTo(shown);
                }
            }
        }
    }

    @Test
    void shouldMakeMeterEventsThatAreCloudEvents() throws IOException, SQLException {
        List<JsonNode> meters;
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            meters = MeterEvents.of(database, BilledSessions.usage());
        }
        for (JsonNode meter : meters) {
            CloudEvent event = CloudEventBuilder.v1()
                    .withId(meter.path("id").asText())
                    .withSource(URI.create(meter.path("source").asText()))
                    .withType(meter.path("type").asText())
                    .withTime(OffsetDateTime.parse(meter.path("time").asText()))
                    .withSubject(meter.path("subject").asText())
                    .build();
            assertThat(event.getSpecVersion().toString())
                    .isEqualTo(meter.path("specversion").asText());
        }
        List<UsageRecord> booked = BilledSessions.usage().stream()
                .filter(usage -> usage.billedDelta() != null)
                .toList();
        assertThat(meters).hasSameSizeAs(booked).hasSize(7);
        assertThat(meters).extracting(meter -> meter.path("id").asText()).doesNotHaveDuplicates();
        // As long as revisions go on 1, 2, 3.
        assertThat(meters)
                .extracting(meter -> new BigDecimal(meter.at("/data/vcpu_hours").asText()))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(
                        booked.stream().map(BillingDocumentTest::vCPUDelta).toList());
    }

    /** CloudEvents allow no empty subject. */
    @Test
    void shouldMakeMeterEventsOfSessionsWithoutATeam() throws IOException, SQLException {
        Instant end = Instant.parse("2026-11-23T09:00:00Z");
        var key = new SessionKey(BilledSessions.APPLICATION, "plain");
        List<UsageRecord> usage = new UsageHistory(key, "us-east-1:123456789012", null, Map.of(), end, end)
                .revision(UsageStatus.SETTLED, end.plusSeconds(3600), "0.5", null, null)
                .records();
        BilledSessions.writeUsage(directory, usage);

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(MeterEvents.of(database, usage)).singleElement().satisfies(meter -> {
                assertThat(meter.path("subject").asText())
                        .isEqualTo(usage.getFirst().identity().arn());
                assertThat(meter.at("/data/team").isNull()).isTrue();
                assertThat(meter.at("/data/vcpu_hours").asText()).isEqualTo("0.5");
                assertThat(meter.path("data").has("memory_gb_hours")).isFalse();
            });
        }
    }

    @Test
    void shouldReadLabelsAndNumbersThatComeLate() throws IOException, SQLException {
        List<UsageRecord> usage = new ArrayList<>(plain(MANY));
        usage.addAll(BilledSessions.usage());
        BilledSessions.writeUsage(directory, usage);
        List<String> expected = shown(TEAMS).lines().toList();

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(database.table(sql(TEAMS)).lines())
                    .containsAll(expected)
                    .contains(
                            "| default | 123456789012 | null | 2026-11-23 | 25000 | null | null | null | 25000 | 25000 |")
                    .hasSize(expected.size() + 1);
        }
    }

    @Test
    void shouldReadFilesWithoutAnyLabelAndAnyNumber() throws IOException, SQLException {
        BilledSessions.writeUsage(directory, plain(MANY));

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(database.table(sql("SELECT 'last records'"))).isEqualTo("""
                            | way | vcpu_hours | memory_gb_hours | storage_gb_hours |
                            |---|---|---|---|
                            | last records | null | null | null |
                            | differences | null | null | null |
                            """);
            assertThat(database.count("focus")).isZero();
        }
    }

    private static BigDecimal vCPUDelta(UsageRecord usage) {
        return requireNonNull(requireNonNull(usage.billedDelta()).vCPU()).decimal();
    }

    private static String sql(String begin) throws IOException {
        return BillingDocument.sql("", begin);
    }

    private static String shown(String begin) throws IOException {
        return String.valueOf(BillingDocument.sql("").stream()
                .filter(block -> block.sql().startsWith(begin))
                .findFirst()
                .orElseThrow()
                .result());
    }

    /** Records without labels, tags and numbers. */
    private static List<UsageRecord> plain(int count) {
        Instant at = Instant.parse("2026-11-23T09:00:00Z");
        List<UsageRecord> plain = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var key = new SessionKey(BilledSessions.APPLICATION, "plain" + i);
            plain.addAll(new UsageHistory(key, "us-east-1:123456789012", null, Map.of(), at, at)
                    .revision(UsageStatus.UNSETTLED, at.plusSeconds(86_400), null, null, null)
                    .records());
        }
        return plain;
    }
}
