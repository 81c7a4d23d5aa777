package io.sessionevents.avro;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.util.List;

/**
 * What an event looks like.
 *
 * @param cloudEvents whether records carry the attributes of CloudEvents as headers
 * @param valueSerdeClass of the values of the input, output, usage and alert topics
 */
public record EventSettings(ConfigurationDetail detail, boolean cloudEvents, String valueSerdeClass) {
    static final Setting<ConfigurationDetail> EVENT_CONFIGURATION = Setting.optional(
            "event.configuration",
            "redacted",
            "none, redacted or full",
            "What an event shows of a session's configuration overrides: nothing, everything but the values (***), or everything. AWS marks the values as sensitive.",
            Parsers.constant(ConfigurationDetail.class));
    static final Setting<Boolean> CLOUD_EVENTS = Setting.optional(
            "event.cloudevents",
            "true",
            "true or false",
            "Whether events carry the attributes of CloudEvents 1.0 as headers (binary mode); the value is the same either way.",
            Parsers::bool);
    static final Setting<String> VALUE_SERDE = Setting.optional(
            "value.serde.class",
            RegistryAvroSerde.class.getName(),
            "a class name",
            "Serde of the values of the input, output, usage and alert topics. It gets the registry's settings and must accept Avro's SpecificRecord.",
            Parsers::text);

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(EVENT_CONFIGURATION, CLOUD_EVENTS, VALUE_SERDE);

    /** What the values say. */
    public static EventSettings of(Values values) {
        return new EventSettings(values.get(EVENT_CONFIGURATION), values.get(CLOUD_EVENTS), values.get(VALUE_SERDE));
    }

    /** Whether values go through our own serde, and so through the registry adapter. */
    public boolean ownSerde() {
        return valueSerdeClass.equals(RegistryAvroSerde.class.getName());
    }
}
