package io.sessionevents.it;

import io.sessionevents.UsageHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Usage of many sessions, in an order in which it can lie in its topic: by turns, but the revisions of each key one after the other.
 * Those of some sessions begin again, under the same key or under that of another source.
 */
final class RandomUsage {
    static final Instant END = Instant.parse("2026-11-23T10:00:00Z");
    private static final int MOST_REVISIONS = 4;
    private static final int HOUR = 3600;
    private static final int HALF_AN_HOUR = 1800;

    private final Random random;

    RandomUsage(Random random) {
        this.random = random;
    }

    /** All records of that many sessions. */
    List<UsageRecord> records(int sessions) {
        List<Deque<UsageRecord>> left = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            String source = random.nextBoolean() ? "default" : "eu";
            var first = new ArrayDeque<>(session(source, i, 0));
            left.add(first);
            switch (random.nextInt(4)) {
                case 0 -> first.addAll(session(source, i, MOST_REVISIONS));
                case 1 -> left.add(new ArrayDeque<>(session("prod", i, random.nextInt(MOST_REVISIONS))));
                default -> {}
            }
        }
        List<UsageRecord> records = new ArrayList<>();
        while (!left.isEmpty()) {
            int turn = random.nextInt(left.size());
            records.add(left.get(turn).removeFirst());
            left.removeIf(Deque::isEmpty);
        }
        return records;
    }

    /** No two records of one session are settled at the same time: those of prod half an hour later than others. */
    private List<UsageRecord> session(String source, int number, int hours) {
        int late = source.equals("prod") ? HALF_AN_HOUR : 0;
        Map<String, String> labels = random.nextInt(5) == 0 ? Map.of() : Map.of("team", "team-" + random.nextInt(4));
        var history = new UsageHistory(
                new SessionKey(source, "app" + number % 7, "session" + number),
                "us-east-1:123456789012",
                null,
                labels,
                END.minusSeconds(HOUR),
                END);
        boolean numbers = random.nextInt(10) > 0;
        UsageStatus first = numbers && random.nextInt(5) > 0 ? UsageStatus.SETTLED : UsageStatus.UNSETTLED;
        boolean storage = random.nextBoolean();
        int revisions = 1 + random.nextInt(MOST_REVISIONS);
        for (int revision = 0; revision < revisions; revision++) {
            // Numbers that were missing may turn up; one that was there is never missing again.
            boolean there = numbers || revision > 0;
            history.revision(
                    first,
                    END.plusSeconds((long) (hours + revision + 1) * HOUR + late),
                    there ? number() : null,
                    there ? number() : null,
                    there && storage ? number() : null);
        }
        return history.records();
    }

    /** As AWS may write them: with few digits or many, with zeros at the end, in the scientific notation. */
    private @Nullable String number() {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt(100));
            case 1 -> BigDecimal.valueOf(random.nextInt(100_000), 3).toPlainString();
            case 2 -> Double.toString(random.nextDouble() * 10);
            case 3 -> random.nextInt(1, 10) + "E-" + random.nextInt(1, 30);
            default -> random.nextInt(10) + ".500";
        };
    }
}
