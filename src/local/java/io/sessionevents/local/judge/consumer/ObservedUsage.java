package io.sessionevents.local.judge.consumer;

import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.UsageNumbers;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One usage record as a consumer sees it, reduced to what the guarantees speak of.
 *
 * @param unchangedSince null: no look ever found any number
 * @param numbers as decimal texts
 * @param billedDelta likewise
 * @param doubled whether each double is the one of its text
 */
public record ObservedUsage(
        String usageId,
        SessionKey key,
        int revision,
        String status,
        Instant settledAt,
        @Nullable Instant unchangedSince,
        UsageNumbers numbers,
        Texts billedDelta,
        boolean doubled,
        String terminalEventId) {
    private static final String SETTLED = "SETTLED";
    private static final String UNSETTLED = "UNSETTLED";
    private static final String CORRECTED = "CORRECTED";

    /** From a record of the topic, generic or specific. */
    public static ObservedUsage of(IndexedRecord usage) {
        Object since = Fields.optional(usage, "unchangedSince");
        return new ObservedUsage(
                Fields.text(usage, "usageId"),
                ObservedChange.key(usage),
                (Integer) Fields.required(usage, "revision"),
                Fields.text(usage, "status"),
                Fields.instant(Fields.required(usage, "settledAt")),
                since == null ? null : Fields.instant(since),
                new UsageNumbers(texts(usage, "billed"), texts(usage, "total"), (Long)
                        Fields.optional(usage, "totalExecutionDurationSeconds")),
                texts(usage, "billedDelta"),
                Stream.of("billed", "total", "billedDelta").allMatch(member -> doubled(usage, member)),
                Fields.text(usage, "terminalEventId"));
    }

    public boolean settled() {
        return status.equals(SETTLED);
    }

    public boolean unsettled() {
        return status.equals(UNSETTLED);
    }

    public boolean corrected() {
        return status.equals(CORRECTED);
    }

    private static Texts texts(IndexedRecord usage, String member) {
        IndexedRecord amounts = (IndexedRecord) Fields.optional(usage, member);
        return amounts == null
                ? Texts.NONE
                : new Texts(
                        Fields.textOrNull(amounts, "vCPUHourText"),
                        Fields.textOrNull(amounts, "memoryGBHourText"),
                        Fields.textOrNull(amounts, "storageGBHourText"));
    }

    private static boolean doubled(IndexedRecord usage, String member) {
        IndexedRecord amounts = (IndexedRecord) Fields.optional(usage, member);
        return amounts == null
                || Stream.of("vCPUHour", "memoryGBHour", "storageGBHour").allMatch(name -> doubledOne(amounts, name));
    }

    private static boolean doubledOne(IndexedRecord amounts, String name) {
        Double value = (Double) Fields.optional(amounts, name);
        String text = Fields.textOrNull(amounts, name + "Text");
        if (value == null || text == null) {
            return value == null && text == null;
        }
        return Double.parseDouble(text) == value;
    }
}
