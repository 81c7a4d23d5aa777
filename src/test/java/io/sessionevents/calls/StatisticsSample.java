package io.sessionevents.calls;

import io.sessionevents.session.Source;
import java.time.Duration;
import java.util.Map;

/** Statistics of an instance that has half of the partitions. */
public final class StatisticsSample {
    private StatisticsSample() {}

    /** With the circuit open or closed. */
    public static LookupStatistics statistics(boolean circuitOpen) {
        return statistics(ofSource(circuitOpen));
    }

    /** With nothing to look up, and the circuit as it was when there was. */
    public static LookupStatistics idle(boolean circuitOpen) {
        return statistics(ofSource(0, 0, circuitOpen));
    }

    /** The same of one source. */
    public static SourceStatistics idleSource() {
        return ofSource(0, 0, false);
    }

    private static LookupStatistics statistics(SourceStatistics source) {
        return new LookupStatistics(6, 12, LookupHold.Reason.NONE, Map.of("gone", 2), Map.of(Source.DEFAULT, source));
    }

    /** The same of one source. */
    public static SourceStatistics ofSource(boolean circuitOpen) {
        return ofSource(40, 3, circuitOpen);
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
