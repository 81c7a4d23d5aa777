package io.sessionevents.streams;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.util.List;
import java.util.Objects;

/** By what name the consumer group knows an instance for which {@code kafka.group.instance.id} says nothing. */
public enum InstanceNaming {
    /** One of its own, kept in its state directory. */
    AUTO,
    NONE;

    static final Setting<InstanceNaming> INSTANCE_NAME = Setting.optional(
            "instance.name",
            "auto",
            "auto or none (a name of your own goes into kafka.group.instance.id)",
            "Name of this instance in the consumer group. `auto`: drawn at the first start and kept in the state directory, so that a killed instance has its partitions as soon as it is back; it leaves the group when stopped. `none`: no name. `kafka.group.instance.id` gives it another, under which it stays in the group when stopped.",
            Parsers.constant(InstanceNaming.class));

    /** Its key. */
    public static final List<Setting<?>> ALL = List.of(INSTANCE_NAME);

    /** Where Kafka Streams looks for a name of the instance. */
    private static final List<String> GROUP_INSTANCE_IDS = List.of(
            "kafka.group.instance.id", "kafka.consumer.group.instance.id", "kafka.main.consumer.group.instance.id");

    /** What the values say. */
    public static InstanceNaming of(Values values) {
        InstanceNaming naming = values.get(INSTANCE_NAME);
        if (naming == NONE) {
            GROUP_INSTANCE_IDS.stream()
                    .map(values::given)
                    .filter(Objects::nonNull)
                    .map(given -> "instance.name is none, but " + given.source() + " gives the instance the name \""
                            + given.text() + "\", expected one of the two")
                    .forEach(values::problem);
        }
        return naming;
    }
}
