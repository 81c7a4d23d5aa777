package io.sessionevents.calls;

import io.sessionevents.session.SessionState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lookups of this process stand, source by source. Metrics, health and the API read this.
 *
 * @param partitions of the repartition topic that this process has; its share of the budgets follows them
 * @param ofPartitions that there are
 * @param hold why lookups are held
 * @param unconfigured tracked sessions that nobody looks up, because their source is not configured, by source; no zeros
 * @param sources by name, the default one first
 */
public record LookupStatistics(
        int partitions,
        int ofPartitions,
        LookupHold.Reason hold,
        Map<String, Integer> unconfigured,
        Map<String, SourceStatistics> sources) {

    public LookupStatistics {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /** Whether lookups are held although the budgets allow them. */
    public boolean held() {
        return hold != LookupHold.Reason.NONE;
    }

    /** Whether the membership of the consumer group is proven; no call is made without. */
    public boolean leased() {
        return sources.values().stream().allMatch(SourceStatistics::leased);
    }

    /** Sessions of all sources that are looked at now and then. */
    public int tracked() {
        return sources.values().stream().mapToInt(SourceStatistics::tracked).sum();
    }

    /**
     * Those of them that were last reported in that state.
     *
     * @param state null for those never seen
     */
    public int tracked(@Nullable SessionState state) {
        return sources.values().stream()
                .mapToInt(source -> source.tracked(state))
                .sum();
    }

    /** Lookups under way. */
    public int inFlight() {
        return sources.values().stream().mapToInt(SourceStatistics::inFlight).sum();
    }

    /** Lookups answered since the start, whatever the outcome. */
    public long answered() {
        return sources.values().stream().mapToLong(SourceStatistics::answered).sum();
    }
}
