package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Session.ResourceUtilization;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever AWS answers, what is booked adds up to what was billed last. */
class UsageAddsUpTest {
    private static final int HISTORIES = 10_000;

    @Test
    void shouldAddUpOverAllRevisionsOfAnyHistory() {
        var counts = new Counts();
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<UsageRecord> records = history(new Random(seed));
            assertAddsUp(seed, records);
            counts.add(records);
        }
        assertThat(counts.settled).isGreaterThan(HISTORIES / 20);
        assertThat(counts.unsettled).isGreaterThan(HISTORIES / 20);
        assertThat(counts.corrected).isGreaterThan(HISTORIES / 5);
    }

    private static final class Counts {
        private int settled;
        private int unsettled;
        private int corrected;

        void add(List<UsageRecord> records) {
            records.forEach(record -> {
                switch (record.status()) {
                    case SETTLED -> settled++;
                    case UNSETTLED -> unsettled++;
                    case CORRECTED -> corrected++;
                }
            });
        }
    }

    private static List<UsageRecord> history(Random random) {
        var detector = new SettlementDetector(SettlementPlan.USUAL);
        var aws = new Answers(random);
        Instant foundAt = START.plus(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 60 : 200_000)));
        SettlementScript script =
                SettlementScript.ended(detector, aws.session(), foundAt).run(aws);
        for (int more = random.nextInt(3); more > 0; more--) {
            script.look(START.plus(Duration.ofDays(9 - more)), aws);
        }
        return script.records();
    }

    private static void assertAddsUp(int seed, List<UsageRecord> records) {
        assertThat(records).as("seed %d", seed).isNotEmpty();
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            UsageRecord record = records.get(i);
            assertThat(record.revision()).as("seed %d", seed).isEqualTo(i + 1);
            assertThat(record.status() == UsageStatus.CORRECTED)
                    .as("seed %d", seed)
                    .isEqualTo(i > 0);
            assertThat(ids.add(record.usageId())).as("seed %d", seed).isTrue();
        }
        List<Function<ResourceUtilization, @Nullable Amount>> members =
                List.of(ResourceUtilization::vCPU, ResourceUtilization::memory, ResourceUtilization::storage);
        for (Function<ResourceUtilization, @Nullable Amount> member : members) {
            BigDecimal sum = records.stream()
                    .map(record -> decimal(record.billedDelta(), member))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum)
                    .as("seed %d", seed)
                    .isEqualByComparingTo(decimal(records.getLast().numbers().billed(), member));
        }
    }

    private static BigDecimal decimal(
            @Nullable ResourceUtilization used, Function<ResourceUtilization, @Nullable Amount> member) {
        Amount amount = used == null ? null : member.apply(used);
        return amount == null ? BigDecimal.ZERO : amount.decimal();
    }

    /** What AWS may answer: numbers that move or stand, parts of them, none of them, failures in rows, stale reads. */
    private static final class Answers implements Function<Instant, Lookup> {
        private static final List<String> TEXTS = List.of(
                "0",
                "-0",
                "0.0",
                "0.1",
                "0.2",
                "0.30",
                "1E-7",
                "1e-300",
                "4.9E-324",
                "12.000",
                "1E9",
                "123456789.123456789",
                "0.1000000000000000055511151231257827",
                "3.3333333333333335");
        private final Random random;
        private final double moves;
        private final double fails;
        private @Nullable ResourceUtilization billed;
        private Function<Instant, Lookup> row = at -> new Lookup.NotFound();
        private int rowLeft;

        Answers(Random random) {
            this.random = random;
            moves = random.nextDouble();
            fails = random.nextDouble() / 3;
        }

        @Override
        public Lookup apply(Instant at) {
            if (rowLeft == 0 && random.nextDouble() < fails) {
                rowLeft = 1 + random.nextInt(12);
                row = failure();
            }
            if (rowLeft > 0) {
                rowLeft--;
                return row.apply(at);
            }
            return new Lookup.Found(session(), SessionSample.moment(at.minusMillis(random.nextInt(5))));
        }

        private Function<Instant, Lookup> failure() {
            return switch (random.nextInt(4)) {
                case 0 -> at -> new Lookup.Unavailable(Lookup.Trouble.MALFORMED, "odd");
                case 1 -> at -> new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no");
                case 2 ->
                    at -> new Lookup.Found(
                            SessionSample.in("IDLE").billed(numbers()).session(), SessionSample.moment(at));
                default -> at -> new Lookup.NotFound();
            };
        }

        Session session() {
            if (billed == null || random.nextDouble() < moves) {
                billed = numbers();
            }
            ResourceUtilization sent = random.nextInt(9) == 0 ? null : billed;
            return SessionSample.in("TERMINATED").endedAt(START).billed(sent).session();
        }

        private ResourceUtilization numbers() {
            return new ResourceUtilization(amount(), amount(), amount());
        }

        private @Nullable Amount amount() {
            return random.nextInt(6) == 0 ? null : Amount.parse(TEXTS.get(random.nextInt(TEXTS.size())));
        }
    }

    /** The sum of doubles would not be the truth. */
    @Test
    void shouldNotAddDoubles() {
        Amount sum = Amount.parse("0.3").minus(Amount.parse("0.1"));

        assertThat(sum.text()).isEqualTo("0.2");
        assertThat(0.3 - 0.1).isNotEqualTo(sum.value());
    }
}
