package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows for FOCUS that docs/billing.md makes. */
class FocusRowsTest {
    private static final int ROWS = 17;
    private static final int MANY = 10_000;
    private static final long DAY = 86_400;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        BilledSessions.write(directory);
    }

    @Test
    void shouldFollowTheRules() throws IOException, SQLException {
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(database.count("focus")).isEqualTo(ROWS);
            assertThat(FocusRules.broken(database.statement(), "focus")).isEmpty();
        }
    }

    @Test
    void shouldBeWrittenInTheFormatsOfFocus() throws IOException, SQLException {
        BillingDatabase.open(directory).withViews().close();

        assertThat(Files.readAllLines(directory.resolve("focus.csv")))
                .hasSize(ROWS + 1)
                .filteredOn(line -> line.contains(BilledSessions.APPLICATION_OF_EU))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains(",2026-11-30T22:00:00Z,")
                        .contains("\"{\"\"cost-center\"\":\"\"42\"\"}\"")
                        .doesNotContainPattern("\\d [0-2]\\d:\\d\\d"));
    }

    @Test
    void shouldShowThatAPriceIsMissing() throws IOException, SQLException {
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            database.execute("DELETE FROM prices WHERE meter = 'Storage'");

            assertThat(database.count("focus")).isEqualTo(ROWS);
            assertThat(FocusRules.broken(database.statement(), "focus")).contains("BilledCost is never null");
        }
    }

    /** In a small currency an hour costs more than a thousand. */
    @Test
    void shouldHoldTheCostsOfManyLargeSessions() throws IOException, SQLException {
        Instant end = Instant.parse("2026-11-23T09:00:00Z");
        List<UsageRecord> usage = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            var key = new SessionKey(BilledSessions.APPLICATION, "large" + i);
            usage.addAll(new UsageHistory(key, "us-east-1:123456789012", null, Map.of(), end.minusSeconds(DAY), end)
                    .revision(UsageStatus.SETTLED, end.plusSeconds(3600), "950.000", null, null)
                    .records());
        }
        BilledSessions.writeUsage(directory, usage);

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            database.execute("SET threads = 4");
            database.execute("UPDATE prices SET list_unit_price = 1090, contracted_unit_price = 1090");

            assertThat(database.table("SELECT sum(BilledCost), sum(ListCost) FROM focus"))
                    .endsWith("| 10355000000 | 10355000000 |\n");
            assertThat(FocusRules.broken(database.statement(), "focus")).isEmpty();
        }
    }

    /** Compaction leaves the last revision of each session, and with it the whole sum. */
    @Test
    void shouldAddUpWhereEarlierRevisionsAreGone() throws IOException, SQLException {
        String sums = "SELECT SkuMeter, sum(ConsumedQuantity) FROM focus GROUP BY ALL ORDER BY ALL";
        String whole;
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            whole = database.table(sums);
        }
        List<UsageRecord> all = BilledSessions.usage();
        List<UsageRecord> last = all.stream()
                .filter(usage -> all.stream()
                        .noneMatch(other -> other.key().equals(usage.key()) && other.revision() > usage.revision()))
                .toList();
        BilledSessions.writeUsage(directory, last);

        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            assertThat(last).hasSizeLessThan(all.size());
            assertThat(database.table(sums)).isEqualTo(whole);
            assertThat(FocusRules.broken(database.statement(), "focus")).isEmpty();
        }
    }

    /** A rule that cannot be broken would tell nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BilledCost is mandatory                    | ALTER TABLE rows DROP BilledCost
            ChargeCategory is mandatory                | ALTER TABLE rows DROP ChargeCategory
            ConsumedQuantity is Decimal                | ALTER TABLE rows ALTER ConsumedQuantity TYPE VARCHAR
            ChargePeriodEnd is Date/Time               | ALTER TABLE rows ALTER ChargePeriodEnd TYPE VARCHAR
            Tags is JSON                               | ALTER TABLE rows ALTER Tags TYPE VARCHAR
            BilledCost is never null                   | UPDATE rows SET BilledCost = NULL
            BillingCurrency is never empty             | UPDATE rows SET BillingCurrency = ' '
            Team is of FOCUS or begins with x_         | ALTER TABLE rows ADD Team VARCHAR
            ChargeCategory is allowed                  | UPDATE rows SET ChargeCategory = 'Consumption'
            ChargeClass is allowed                     | UPDATE rows SET ChargeClass = 'Corrected'
            ChargeFrequency is allowed                 | UPDATE rows SET ChargeFrequency = 'Hourly'
            PricingCategory is allowed                 | UPDATE rows SET PricingCategory = 'On-Demand'
            ServiceCategory is allowed                 | UPDATE rows SET ServiceCategory = 'Big Data'
            ServiceSubcategory is of its category      | UPDATE rows SET ServiceCategory = 'Compute'
            BillingCurrency is three letters           | UPDATE rows SET BillingCurrency = 'Dollar'
            a charge ends after it starts              | UPDATE rows SET ChargePeriodEnd = ChargePeriodStart
            a billing period ends after it starts      | UPDATE rows SET BillingPeriodEnd = BillingPeriodStart
            ConsumedUnit is there with its quantity    | UPDATE rows SET ConsumedUnit = NULL
            PricingUnit is there with its quantity     | UPDATE rows SET PricingUnit = NULL
            a unit is of the unit format               | UPDATE rows SET ConsumedUnit = 'gigabyte hours'
            usage has a quantity and a price           | UPDATE rows SET ListUnitPrice = NULL WHERE ChargeClass IS NULL
            usage has a SKU                            | UPDATE rows SET SkuPriceId = NULL WHERE ChargeClass IS NULL
            a unit price is not negative               | UPDATE rows SET ListUnitPrice = -1
            a cost is price times quantity             | UPDATE rows SET ContractedCost = ContractedCost + 1
            a resource has a type and an id            | UPDATE rows SET ResourceType = NULL
            names come with their ids                  | UPDATE rows SET SubAccountName = NULL
            tags are one object of plain values        | UPDATE rows SET Tags = '{"a":{"b":1}}'
            a correction is of an earlier period       | UPDATE rows SET ChargeClass = 'Correction'
            """)
    void shouldFindEachRuleThatIsBroken(String rule, String change) throws IOException, SQLException {
        try (BillingDatabase database = BillingDatabase.open(directory).withViews()) {
            database.execute("CREATE TABLE rows AS FROM focus");
            database.execute(change);

            assertThat(FocusRules.broken(database.statement(), "rows")).contains(rule);
        }
    }
}
