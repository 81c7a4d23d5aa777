package io.sessionevents.metrics;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.session.SweptApplications;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who knows the levels that are measured.
 *
 * @param lookups asked once before every scrape
 * @param refused whether AWS refuses what is asked in a source
 * @param ready whether Kafka Streams is at work
 * @param sweeps asked once before every scrape
 */
public record Levels(
        Supplier<LookupStatistics> lookups,
        Refusals refused,
        BooleanSupplier ready,
        SweptApplications sweeps,
        InstantSource clock) {

    /** Who knows whether AWS refuses credentials or clock, or is not reached. */
    @FunctionalInterface
    public interface Refusals {
        /**
         * Whether it does in the source of that name.
         *
         * @param sweeps those that this process makes; null if it makes none
         */
        boolean in(String source, SourceStatistics lookups, @Nullable SweepStatus sweeps);
    }
}
