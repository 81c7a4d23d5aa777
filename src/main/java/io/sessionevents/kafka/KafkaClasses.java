package io.sessionevents.kafka;

import org.apache.kafka.common.utils.Utils;

/** Classes that settings of Kafka name. */
final class KafkaClasses {
    private KafkaClasses() {}

    /** Finds it as Kafka does, but runs none of its code. */
    static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name, false, Utils.getContextOrKafkaClassLoader());
    }
}
