package io.sessionevents.kafka;

import io.sessionevents.config.EnvironmentVariables;
import io.sessionevents.config.ForeignKeys;
import io.sessionevents.config.Value;
import io.sessionevents.config.Values;
import org.jspecify.annotations.Nullable;

/** The keys of Kafka Streams and its clients, as they stand behind {@code kafka.}. */
final class KafkaKeys implements ForeignKeys {
    private static final String VARIABLE = "KAFKA_";

    @Override
    public boolean include(String key) {
        return key.startsWith(KafkaKey.PREFIX) && !key.equals(KafkaSettings.KAFKA_AUTH.name());
    }

    @Override
    public boolean documents(String key) {
        return KafkaKey.parse(name(key)).known();
    }

    @Override
    public @Nullable String ofVariable(String variable) {
        return variable.startsWith(VARIABLE)
                ? KafkaKey.PREFIX
                        + KafkaKey.spelledAs(EnvironmentVariables.dotted(variable.substring(VARIABLE.length())))
                : null;
    }

    @Override
    public void review(String key, Value value, Values findings) {
        new KafkaReview(findings).review(key, value);
    }

    /** As Kafka calls it. */
    static String name(String key) {
        return key.substring(KafkaKey.PREFIX.length());
    }
}
