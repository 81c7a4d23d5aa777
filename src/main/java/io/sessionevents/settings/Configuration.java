package io.sessionevents.settings;

import io.sessionevents.avro.EventSettings;
import io.sessionevents.avro.RegistryKeys;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.config.Keys;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.emr.DiscoverySettings;
import io.sessionevents.emr.EmrSettings;
import io.sessionevents.emr.RetrySettings;
import io.sessionevents.emr.SourceKeys;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.http.HttpSettings;
import io.sessionevents.kafka.KafkaSettings;
import io.sessionevents.session.Topics;
import io.sessionevents.streams.InstanceNaming;
import io.sessionevents.tracking.TrackingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The validated configuration of the service, each part as the one that it configures takes it.
 *
 * @param registry settings of Confluent's schema-registry client, as they are
 * @param sources the default one first; without the proxies, which the process finds in its environment
 * @param warnings what somebody should have a look at, although the service can start; one sentence or two each
 */
public record Configuration(
        KafkaSettings kafka,
        InstanceNaming instanceNaming,
        Map<String, String> registry,
        TrackingSettings tracking,
        EventSettings events,
        List<SourceSettings> sources,
        HttpSettings http,
        List<String> warnings) {

    /** Within it the shipped alert rules expect a call for tracked sessions. */
    private static final Duration CALLS_EXPECTED = Duration.ofMinutes(5);

    /** Every key that there is. */
    public static final Keys KEYS = new Keys(
            Stream.of(
                            KafkaSettings.ALL,
                            InstanceNaming.ALL,
                            RegistryKeys.ALL,
                            TrackingSettings.ALL,
                            EventSettings.ALL,
                            EmrSettings.ALL,
                            List.of(SourceKeys.NAMES),
                            LookupLimits.ALL,
                            RetrySettings.ALL,
                            SweepLimits.ALL,
                            DiscoverySettings.ALL,
                            HttpSettings.ALL)
                    .<Setting<?>>flatMap(List::stream)
                    .toList(),
            Map.of("lookup.rate.per.second", "budget.get-session"),
            KafkaSettings.SYNONYMS,
            List.of(SourceKeys.FAMILY),
            List.of(KafkaSettings.PASSED_ON, RegistryKeys.PASSED_ON));

    /** Reads it, layer by layer. */
    public static ConfigurationLoader<Configuration> loader() {
        return new ConfigurationLoader<>(KEYS, Configuration::of);
    }

    /**
     * Where a service with these settings is asked on its own machine, whatever else they lack.
     *
     * @return null if that is a free port, which only the log of the service names
     */
    public static @Nullable URI serviceUrl(ConfigurationLoader<Configuration> loader) {
        return loader.load(HttpSettings.ALL, HttpSettings::of).localUrl();
    }

    private static Configuration of(Values values) {
        var tracking = TrackingSettings.of(values);
        List<SourceSettings> sources = SourceSettings.all(values, tracking.partitions());
        seldomLookedUp(sources).ifPresent(values::warning);
        return new Configuration(
                KafkaSettings.of(values, sources.getFirst().emr().profile()),
                InstanceNaming.of(values),
                values.passedOn(RegistryKeys.PASSED_ON),
                tracking,
                EventSettings.of(values),
                sources,
                HttpSettings.of(values),
                values.warnings());
    }

    /** An alert takes a few sessions that are looked up so seldom for some that nobody looks up. */
    private static Optional<String> seldomLookedUp(List<SourceSettings> sources) {
        String names = sources.stream()
                .filter(source -> source.limits().intervalMin().compareTo(CALLS_EXPECTED) > 0)
                .map(SourceSettings::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("lookup.interval.min is above " + CALLS_EXPECTED.toMinutes() + " min for " + names
                        + ": where few sessions are tracked, the alert SessionEventsNoLookups fires although all is well."
                        + " Change its rule to match.");
    }

    /** The source that {@code aws.*} configures. */
    public SourceSettings defaultSource() {
        return sources.getFirst();
    }

    /** Names of all sources, the default one first. */
    public List<String> sourceNames() {
        return sources.stream().map(SourceSettings::name).toList();
    }

    /** The topics that the service shares with others. */
    public Topics topics() {
        return tracking.topics();
    }

    /** Never prints what is passed on: it may hold secrets. */
    @Override
    public String toString() {
        return "Configuration[" + kafka + "]";
    }
}
