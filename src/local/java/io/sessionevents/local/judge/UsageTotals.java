package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageNumbers.Texts;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/** What is billed for many sessions together, to the last digit. */
public record UsageTotals(BigDecimal vCPU, BigDecimal memory, BigDecimal storage) {
    private static final UsageTotals NOTHING = new UsageTotals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** What a meter has that adds up what each record bills anew. */
    public static UsageTotals of(List<ObservedUsage> usage) {
        return usage.stream().map(ObservedUsage::billedDelta).reduce(NOTHING, UsageTotals::plus, UsageTotals::plus);
    }

    /** What AWS told in the end of those sessions, whose usage has a script. */
    public static UsageTotals of(Truth truth, Collection<SessionKey> sessions) {
        return sessions.stream()
                .map(key -> truth.usage().get(key))
                .map(script -> script.stretches().getLast().numbers().billed())
                .reduce(NOTHING, UsageTotals::plus, UsageTotals::plus);
    }

    private UsageTotals plus(Texts texts) {
        return plus(new UsageTotals(
                UsageAddsUp.decimal(texts.vCPU()),
                UsageAddsUp.decimal(texts.memory()),
                UsageAddsUp.decimal(texts.storage())));
    }

    private UsageTotals plus(UsageTotals more) {
        return new UsageTotals(vCPU.add(more.vCPU), memory.add(more.memory), storage.add(more.storage));
    }

    /** Whether both are the same, however they are written. */
    public boolean same(UsageTotals other) {
        return vCPU.compareTo(other.vCPU) == 0
                && memory.compareTo(other.memory) == 0
                && storage.compareTo(other.storage) == 0;
    }

    @Override
    public String toString() {
        return "%s, %s, %s".formatted(vCPU, memory, storage);
    }
}
