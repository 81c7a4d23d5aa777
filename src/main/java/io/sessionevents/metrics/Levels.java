package io.sessionevents.metrics;

import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.session.SweptApplications;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who knows the levels that are measured.
 *
 * @param lookups asked once before every scrape
 * @param refused whether AWS refuses credentials or clock in the source of that name
 * @param ready whether Kafka Streams is at work
 * @param sweeps asked once before every scrape
 */
public record Levels(
        Supplier<LookupStatistics> lookups,
        Predicate<String> refused,
        BooleanSupplier ready,
        SweptApplications sweeps,
        InstantSource clock) {}
