package io.sessionevents.preflight;

import io.sessionevents.avro.PublicSubject;
import io.sessionevents.avro.SubjectRegistry;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** The checks before the start: {@code run} waits for them, {@code validate} shows them. */
public final class Preflight {
    private static final String CLIENT = "preflight";

    private Preflight() {}

    /**
     * Of what this configuration needs, in the order in which they are shown; each source must be fine.
     *
     * @param sources as they are reached
     */
    public static List<PreflightCheck> checks(
            Configuration configuration, SubjectRegistry registry, List<SourceSettings> sources) {
        return checks(configuration, registry, new SourcesCheck(sources, false));
    }

    /** The same for a service that starts as soon as one of its sources is fine. */
    static List<PreflightCheck> startChecks(
            Configuration configuration, SubjectRegistry registry, List<SourceSettings> sources) {
        return checks(configuration, registry, new SourcesCheck(sources, true));
    }

    private static List<PreflightCheck> checks(
            Configuration configuration, SubjectRegistry registry, SourcesCheck sources) {
        List<PreflightCheck> checks = new ArrayList<>();
        var settings = new StreamsConfig(StreamsSettings.of(configuration.kafka()));
        checks.add(
                new KafkaCheck(configuration, settings.getAdminConfigs(CLIENT), settings.getProducerConfigs(CLIENT)));
        checks.add(new StateDirectoryCheck(StreamsSettings.stateDirectory(configuration.kafka())));
        if (configuration.events().ownSerde()) {
            checks.add(new RegistryCheck(
                    registry,
                    PublicSubject.of(configuration.topics()),
                    Boolean.parseBoolean(configuration.registry().getOrDefault("auto.register.schemas", "true"))));
        }
        checks.add(sources);
        return checks;
    }
}
