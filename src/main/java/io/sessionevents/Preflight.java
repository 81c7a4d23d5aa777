package io.sessionevents;

import io.sessionevents.avro.PublicSubject;
import io.sessionevents.avro.SubjectRegistry;
import io.sessionevents.config.Configuration;
import io.sessionevents.preflight.AwsAccessCheck;
import io.sessionevents.preflight.Check;
import io.sessionevents.preflight.KafkaCheck;
import io.sessionevents.preflight.RegistryCheck;
import io.sessionevents.preflight.StateDirectoryCheck;
import io.sessionevents.streams.StreamsSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** The checks before the start: {@code run} waits for them, {@code validate} shows them. */
final class Preflight {
    private static final String CLIENT = "preflight";

    private Preflight() {}

    static List<Check> checks(Configuration configuration, SubjectRegistry registry) {
        List<Check> checks = new ArrayList<>();
        var settings = new StreamsConfig(StreamsSettings.of(configuration));
        checks.add(
                new KafkaCheck(configuration, settings.getAdminConfigs(CLIENT), settings.getProducerConfigs(CLIENT)));
        checks.add(new StateDirectoryCheck(StreamsSettings.stateDirectory(configuration)));
        if (ValueSerdes.ours(configuration)) {
            checks.add(new RegistryCheck(
                    registry,
                    PublicSubject.of(
                            configuration.topics().input(),
                            configuration.topics().output()),
                    Boolean.parseBoolean(configuration.registry().getOrDefault("auto.register.schemas", "true"))));
        }
        checks.add(new AwsAccessCheck(SessionEvents.emrSettings(configuration)));
        return checks;
    }
}
