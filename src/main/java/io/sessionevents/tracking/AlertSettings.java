package io.sessionevents.tracking;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.AlertThresholds;
import java.time.Duration;
import java.util.List;

/** The keys of alerts. A kind whose key is not set is off. */
final class AlertSettings {
    static final Setting<String> TOPIC = Setting.optional(
            "alert.topic",
            "session-alerts",
            "a topic name",
            "Topic of alerts, one record when a threshold is crossed and one when that is over. It need not exist while every alert.* threshold is empty.",
            Parsers::topic);
    static final Setting<Duration> IDLE_AFTER = threshold(
            "alert.idle.after",
            "Alert IDLE for a session that is IDLE for longer, such as 30 min. Empty: no such alert.");
    static final Setting<Duration> STARTING_AFTER = threshold(
            "alert.starting.after",
            "Alert STARTING for a session that is SUBMITTED or STARTING so long after its creation, such as 10 min. Empty: no such alert.");
    static final Setting<Duration> CAP_BEFORE = threshold(
            "alert.cap.before",
            "Alert CAP for a session so long before the age of 24 h, at which AWS ends it, such as 2 h. Empty: no such alert.");
    static final Setting<Double> BILLED_VCPU_HOURS = Setting.without(
            "alert.billed.vcpu.hours",
            "a number from 0.001 to 1000000",
            "Alert BILLED_VCPU_HOURS for a session that AWS has billed so many virtual CPU hours while it lives, such as 100. Empty: no such alert.",
            Parsers.number(0.001, 1_000_000));

    /** Their keys. */
    static final List<Setting<?>> ALL = List.of(TOPIC, IDLE_AFTER, STARTING_AFTER, CAP_BEFORE, BILLED_VCPU_HOURS);

    private AlertSettings() {}

    private static Setting<Duration> threshold(String name, String doc) {
        return Setting.without(name, "a duration such as 10 min, 2 h", doc, Parsers::positiveDuration);
    }

    /** What the values say. */
    static AlertThresholds of(Values values) {
        try {
            return new AlertThresholds(
                    values.find(IDLE_AFTER),
                    values.find(STARTING_AFTER),
                    values.find(CAP_BEFORE),
                    values.find(BILLED_VCPU_HOURS));
        } catch (IllegalArgumentException e) {
            values.problem("alert.cap.before: " + e.getMessage());
            return AlertThresholds.NONE;
        }
    }
}
