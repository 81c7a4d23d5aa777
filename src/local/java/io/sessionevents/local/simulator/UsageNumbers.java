package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usage numbers of one answer, digit by digit.
 *
 * @param billed what AWS bills
 * @param total what ran
 * @param seconds that the session ran; null: not told
 */
public record UsageNumbers(
        Texts billed, Texts total, @Nullable Long seconds) {
    /** Not one is told. */
    public static final UsageNumbers NONE = new UsageNumbers(Texts.NONE, Texts.NONE, null);

    /**
     * Hours of each resource as JSON writes them.
     *
     * @param vCPU null: not told; likewise the others
     */
    public record Texts(
            @Nullable String vCPU,
            @Nullable String memory,
            @Nullable String storage) {
        /** Not one is told. */
        public static final Texts NONE = new Texts(null, null, null);

        private void addTo(ObjectNode json, String member) {
            if (!equals(NONE)) {
                ObjectNode node = json.putObject(member);
                add(node, "vCPUHour", vCPU);
                add(node, "memoryGBHour", memory);
                add(node, "storageGBHour", storage);
            }
        }

        private static void add(ObjectNode node, String member, @Nullable String text) {
            if (text != null) {
                node.putRawValue(member, new RawValue(text));
            }
        }

        private Texts over(Texts before) {
            return new Texts(
                    vCPU == null ? before.vCPU : vCPU,
                    memory == null ? before.memory : memory,
                    storage == null ? before.storage : storage);
        }

        private boolean same(Texts other) {
            return same(vCPU, other.vCPU) && same(memory, other.memory) && same(storage, other.storage);
        }

        private static boolean same(@Nullable String one, @Nullable String other) {
            if (one == null || other == null) {
                return Objects.equals(one, other);
            }
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        }
    }

    /** As members of an answer, digit by digit; what is not told is not there. */
    void addTo(ObjectNode json) {
        if (seconds != null) {
            json.put("totalExecutionDurationSeconds", seconds);
        }
        total.addTo(json, "totalResourceUtilization");
        billed.addTo(json, "billedResourceUtilization");
    }

    /** These, and those of before where one is not told. */
    UsageNumbers over(UsageNumbers before) {
        return new UsageNumbers(
                billed.over(before.billed), total.over(before.total), seconds == null ? before.seconds : seconds);
    }

    /** Whether all numbers are the same, however they are written. */
    public boolean same(UsageNumbers other) {
        return billed.same(other.billed) && total.same(other.total) && Objects.equals(seconds, other.seconds);
    }

    /** Whether there is something to book. */
    public boolean billable() {
        return !billed.equals(Texts.NONE);
    }
}
