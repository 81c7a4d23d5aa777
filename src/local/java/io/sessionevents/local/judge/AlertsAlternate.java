package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever keeps a list of what is raised has it right: of each session and kind the crossings 1, 2, 3 are raised in turn, each once,
 * and each is cleared once before the next one, with the words with which it was raised. Nothing is raised when the end of its
 * session was told.
 *
 * @param alerts in the order of the topic, partition by partition
 */
public record AlertsAlternate(List<ObservedAlert> alerts) implements Guarantee {
    public AlertsAlternate {
        alerts = List.copyOf(alerts);
    }

    /** What an alert is about. */
    record Subject(SessionKey key, String kind) {}

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        List<String> violations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        alerts.stream()
                .filter(alert -> !ids.add(alert.alertId()))
                .forEach(alert -> violations.add("alert id twice: " + alert));
        Set<SessionKey> ended = events.stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toSet());
        bySubject(alerts).forEach((subject, records) -> {
            inTurn(records, violations);
            if (records.getLast().raised() && ended.contains(subject.key())) {
                violations.add("alert is raised after the end: " + records.getLast());
            }
        });
        return violations;
    }

    static Map<Subject, List<ObservedAlert>> bySubject(List<ObservedAlert> alerts) {
        return alerts.stream()
                .collect(Collectors.groupingBy(
                        alert -> new Subject(alert.key(), alert.kind()), LinkedHashMap::new, Collectors.toList()));
    }

    private static void inTurn(List<ObservedAlert> records, List<String> violations) {
        for (int i = 0; i < records.size(); i++) {
            ObservedAlert record = records.get(i);
            boolean raises = i % 2 == 0;
            if (record.crossing() != i / 2 + 1 || (raises ? !record.raised() : !record.cleared())) {
                violations.add("alert out of turn: expected %d %s: %s"
                        .formatted(i / 2 + 1, raises ? "RAISED" : "CLEARED", record));
                return;
            }
            if (raises ? record.clearedAt() != null : !clears(record, records.get(i - 1))) {
                violations.add("alert tells two things: " + record);
            }
        }
    }

    private static boolean clears(ObservedAlert record, ObservedAlert raised) {
        return record.clearedAt() != null
                && record.clearReason() != null
                && record.raisedAt().equals(raised.raisedAt())
                && Objects.equals(record.beganAt(), raised.beganAt());
    }
}
