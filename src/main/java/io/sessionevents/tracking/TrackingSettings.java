package io.sessionevents.tracking;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How sessions are tracked.
 *
 * @param partitions of the repartition topics
 * @param retention how long an ended or stopped session is remembered
 * @param schemaPatience how long the registry may not know a schema before its records are given up
 * @param settlement when ended sessions are looked at
 * @param alerts when alerts are raised
 */
public record TrackingSettings(
        Topics topics,
        int partitions,
        StateStore stateStore,
        Duration retention,
        Duration schemaPatience,
        SettlementPlan settlement,
        AlertThresholds alerts) {
    static final Setting<String> INPUT = Setting.optional(
            "input.topic", "session-ids", "a topic name", "Topic of published session IDs.", Parsers::topic);
    static final Setting<String> OUTPUT = Setting.optional(
            "output.topic", "session-state-changed", "a topic name", "Topic of change events.", Parsers::topic);
    static final Setting<String> USAGE = Setting.optional(
            "usage.topic",
            "session-usage",
            "a topic name",
            "Topic of settled usage, one record per ended session and one per correction. Compaction is advised.",
            Parsers::topic);
    static final Setting<String> DEAD_LETTER = Setting.optional(
            "dead.letter.topic",
            "session-ids-dlq",
            "a topic name",
            "Topic of records that cannot be understood and of sessions that were given up.",
            Parsers::topic);
    static final Setting<Integer> PARTITIONS = Setting.optional(
            "tracking.partitions",
            "12",
            "a whole number from 1 to 1000",
            "Partitions of the repartition topic: the most tasks, and the units in which the budget is split. Fixed once the topic exists.",
            Parsers.integer(1, 1000));
    static final Setting<Duration> RETENTION = Setting.duration(
            "session.retention",
            "7 d",
            "How long an ended session is remembered, so that a late ID does not repeat its events.");
    static final Setting<Duration> SCHEMA_PATIENCE = Setting.duration(
            "input.schema.patience",
            "1 min",
            "How long an input record waits if the registry does not know its schema, because registries lag behind each other. Then it is a dead letter.");
    static final Setting<List<Duration>> USAGE_LOOKS = Setting.optional(
            "usage.looks",
            "1 min, 5 min, 15 min, 30 min, 60 min, 2 h, 6 h, 24 h",
            "ascending durations, separated by commas, at most 30 d",
            "When an ended session is looked up for its usage, after its end. At the last one, what never settled is told as UNSETTLED.",
            Parsers.each(Parsers::positiveDuration));
    static final Setting<Duration> USAGE_SETTLE_AFTER = Setting.duration(
            "usage.settle.after",
            "30 min",
            "How long the usage numbers of an ended session must have stood unchanged to be told as SETTLED; at most until the last look.");
    static final Setting<StateStore> STATE_STORE = Setting.optional(
            "state.store",
            "persistent",
            "persistent or in-memory",
            "Where sessions are stored: on disk, or in memory and restored from the changelog at every start.",
            Parsers.constant(StateStore.class));

    /** Their keys. */
    public static final List<Setting<?>> ALL = Stream.of(
                    List.<Setting<?>>of(
                            INPUT,
                            OUTPUT,
                            USAGE,
                            DEAD_LETTER,
                            PARTITIONS,
                            RETENTION,
                            SCHEMA_PATIENCE,
                            USAGE_LOOKS,
                            USAGE_SETTLE_AFTER),
                    AlertSettings.ALL,
                    List.<Setting<?>>of(STATE_STORE))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** What the values say. */
    public static TrackingSettings of(Values values) {
        AlertThresholds alerts = AlertSettings.of(values);
        var topics = new Topics(
                values.get(INPUT),
                values.get(OUTPUT),
                values.get(USAGE),
                values.get(AlertSettings.TOPIC),
                alerts.any(),
                values.get(DEAD_LETTER));
        if (Stream.of(topics.input(), topics.output(), topics.usage(), topics.alerts(), topics.deadLetter())
                        .distinct()
                        .count()
                < 5) {
            values.problem(
                    "input.topic, output.topic, usage.topic, alert.topic and dead.letter.topic must be five different topics, but are "
                            + topics.input() + ", " + topics.output() + ", " + topics.usage() + ", " + topics.alerts()
                            + " and " + topics.deadLetter());
        }
        return new TrackingSettings(
                topics,
                values.get(PARTITIONS),
                values.get(STATE_STORE),
                values.get(RETENTION),
                values.get(SCHEMA_PATIENCE),
                settlement(values),
                alerts);
    }

    private static SettlementPlan settlement(Values values) {
        try {
            return new SettlementPlan(values.get(USAGE_LOOKS), values.get(USAGE_SETTLE_AFTER));
        } catch (IllegalArgumentException e) {
            values.problem("usage.looks, usage.settle.after: " + e.getMessage());
            return SettlementPlan.USUAL;
        }
    }

    /** Whether the stores lie on disk. */
    public boolean persistent() {
        return stateStore == StateStore.PERSISTENT;
    }
}
