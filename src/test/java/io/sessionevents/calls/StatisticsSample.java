package io.sessionevents.calls;

import io.sessionevents.session.Source;
import java.time.Duration;
import java.util.Map;

/** Statistics of an instance that has half of the partitions. */
public final class StatisticsSample {
    private StatisticsSample() {}

    /** With the circuit open or closed. */
    public static LookupStatistics statistics(boolean circuitOpen) {
        return new LookupStatistics(
                6, 12, LookupHold.Reason.NONE, Map.of("gone", 2), Map.of(Source.DEFAULT, ofSource(circuitOpen)));
    }

    /** The same of one source. */
    public static SourceStatistics ofSource(boolean circuitOpen) {
        return ofSource(40, 3, circuitOpen);
    }

    /** Of a source with nothing to look up. */
    public static SourceStatistics idle() {
        return ofSource(0, 0, false);
    }

    private static SourceStatistics ofSource(int tracked, int inFlight, boolean circuitOpen) {
        return new SourceStatistics(
                9.5,
                4.75,
                2.5,
                tracked,
                0,
                Map.of(),
                Map.of(),
                Map.of("idle", Duration.ofMillis(2500)),
                Duration.ZERO,
                0,
                Duration.ZERO,
                inFlight,
                64,
                circuitOpen,
                true,
                0);
    }
}
