package io.sessionevents.local.judge;

import io.sessionevents.local.judge.AlertsAlternate.Subject;
import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What two looks one after the other have found crossed is raised before the third, and what two have found over is cleared by then;
 * and each record tells what an answer has shown: nothing is invented.
 *
 * @param alerts in the order of the topic, partition by partition
 * @param disturbances when answers could be lost with an instance
 */
public record EveryCrossingTold(List<ObservedAlert> alerts, AlertPlan plan, List<Interval> disturbances)
        implements Guarantee {
    /** A stale answer shows a session as it was right before its last change. */
    private static final Duration BEFORE_THE_END = Duration.ofMillis(2);

    public EveryCrossingTold {
        alerts = List.copyOf(alerts);
        disturbances = List.copyOf(disturbances);
    }

    /**
     * One crossing as it was told.
     *
     * @param cleared null: it is not over
     */
    private record Told(ObservedAlert raised, @Nullable ObservedAlert cleared) {
        /** From then on at the latest, until then at least. */
        boolean covers(Instant from, Instant until, @Nullable Instant began) {
            return !raised.raisedAt().isAfter(until)
                    && (cleared == null
                            || Objects.requireNonNull(cleared.clearedAt()).isAfter(from))
                    && (raised.beganAt() == null || raised.beganAt().equals(began));
        }

        /** Whether it was raised before, and not over by then. */
        boolean outlasts(Instant from, Instant until) {
            return !raised.raisedAt().isAfter(from)
                    && (cleared == null
                            || Objects.requireNonNull(cleared.clearedAt()).isAfter(until));
        }
    }

    /** Two looks one after the other, and the one after them. */
    private record Pair(Truth.Request first, Truth.Request second, Instant next) {}

    /**
     * Crossings that had to be told.
     *
     * @param began since when it was measured
     */
    public record Crossing(SessionKey key, String kind, Instant began) {}

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, List<Truth.Request>> looks = looks(truth);
        Map<Subject, List<ObservedAlert>> records = AlertsAlternate.bySubject(alerts);
        List<String> violations = new ArrayList<>();
        truth.sessions().forEach((key, life) -> {
            List<Pair> pairs = pairs(looks.getOrDefault(key, List.of()));
            for (String kind : AlertPlan.KINDS) {
                List<Told> told = told(records.getOrDefault(new Subject(key, kind), List.of()));
                pairs.forEach(pair -> check(key, kind, life, pair, told, violations));
            }
        });
        alerts.forEach(alert -> {
            List<Phase> life = truth.sessions().getOrDefault(alert.key(), List.of());
            if (looks.getOrDefault(alert.key(), List.of()).stream()
                    .noneMatch(look -> shown(look) && within(look, alert) && shows(look, life, alert))) {
                violations.add("alert that no answer shows: " + alert);
            }
        });
        return violations;
    }

    /** The crossings that two looks one after the other have found. */
    public List<Crossing> due(Truth truth) {
        List<Crossing> due = new ArrayList<>();
        looks(truth).forEach((key, looks) -> {
            List<Phase> life = truth.sessions().getOrDefault(key, List.of());
            for (Pair pair : pairs(looks)) {
                for (String kind : AlertPlan.KINDS) {
                    Instant began = crossedSince(kind, life, pair.first());
                    if (began != null && began.equals(crossedSince(kind, life, pair.second()))) {
                        due.add(new Crossing(key, kind, began));
                    }
                }
            }
        });
        return due.stream().distinct().toList();
    }

    private static Map<SessionKey, List<Truth.Request>> looks(Truth truth) {
        Map<SessionKey, List<Truth.Request>> looks = new HashMap<>();
        truth.requests()
                .forEach(look -> looks.computeIfAbsent(look.key(), any -> new ArrayList<>())
                        .add(look));
        return looks;
    }

    private static boolean shown(Truth.Request look) {
        return look.phase() != Truth.NOTHING;
    }

    private List<Pair> pairs(List<Truth.Request> looks) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i + 2 < looks.size(); i++) {
            Truth.Request first = looks.get(i);
            Truth.Request second = looks.get(i + 1);
            Instant next = looks.get(i + 2).at();
            if (told(first) && told(second) && calm(new Interval(first.at(), next))) {
                pairs.add(new Pair(first, second, next));
            }
        }
        return pairs;
    }

    private static boolean told(Truth.Request look) {
        return look.honest() && shown(look) && look.answered() != null;
    }

    private boolean calm(Interval time) {
        return disturbances.stream()
                .noneMatch(
                        other -> other.from().isBefore(time.to()) && time.from().isBefore(other.to()));
    }

    private static List<Told> told(List<ObservedAlert> records) {
        List<Told> told = new ArrayList<>();
        for (ObservedAlert record : records) {
            if (record.raised()) {
                told.add(new Told(record, null));
            } else if (!told.isEmpty()) {
                told.set(told.size() - 1, new Told(told.getLast().raised(), record));
            }
        }
        return told;
    }

    private void check(
            SessionKey key, String kind, List<Phase> life, Pair pair, List<Told> told, List<String> violations) {
        Instant first = crossedSince(kind, life, pair.first());
        Instant second = crossedSince(kind, life, pair.second());
        if (first != null
                && first.equals(second)
                && told.stream().noneMatch(one -> one.covers(pair.first().at(), pair.next(), second))) {
            violations.add("crossing not told: %s of %s, found at %s and %s"
                    .formatted(kind, key, pair.first().at(), pair.second().at()));
        }
        if (first == null && second == null) {
            told.stream()
                    .filter(one -> one.outlasts(pair.first().at(), pair.next()))
                    .forEach(one -> violations.add("crossing not cleared, found to be over at %s and %s: %s"
                            .formatted(pair.first().at(), pair.second().at(), one.raised())));
        }
    }

    /** Since when what that look showed is measured, if it had crossed the threshold; null if not. */
    private @Nullable Instant crossedSince(String kind, List<Phase> life, Truth.Request look) {
        List<Phase> past = life.subList(0, look.phase() + 1);
        Instant began = AlertPlan.began(kind, past);
        return began != null && AlertPlan.measured(kind, began, past, look.at()) >= plan.threshold(kind) ? began : null;
    }

    /** Whether it may be the look that the record tells of. */
    private static boolean within(Truth.Request look, ObservedAlert alert) {
        Instant decided = alert.clearedAt() == null ? alert.raisedAt() : alert.clearedAt();
        Instant previous = alert.previousLookAt();
        return !look.at().isAfter(decided) && (previous == null || !look.at().isBefore(previous));
    }

    private boolean shows(Truth.Request look, List<Phase> life, ObservedAlert alert) {
        List<Phase> past = life.subList(0, look.phase() + 1);
        Instant began = AlertPlan.began(alert.kind(), past);
        Instant toldOf = toldOf(look, life);
        if (alert.raised()) {
            return began != null && raises(began, past, toldOf, alert);
        }
        return switch (String.valueOf(alert.clearReason())) {
            case "SESSION_ENDED" -> past.getLast().terminal();
            case "STATE_LEFT" -> !Objects.equals(began, alert.beganAt());
            case "BELOW_THRESHOLD" ->
                began != null && AlertPlan.measured(alert.kind(), began, past, toldOf) < plan.threshold(alert.kind());
            default -> false;
        };
    }

    /** The moment of which an answer tells: that of the look, or of a stale one the end of the phase that it shows. */
    private static Instant toldOf(Truth.Request look, List<Phase> life) {
        int next = look.phase() + 1;
        Instant end = next < life.size() ? life.get(next).from().minus(BEFORE_THE_END) : look.at();
        return end.isBefore(look.at()) ? end : look.at();
    }

    private boolean raises(Instant began, List<Phase> past, Instant toldOf, ObservedAlert alert) {
        Double measured = alert.measured();
        double threshold = plan.threshold(alert.kind());
        return measured != null
                && alert.threshold() == threshold
                && measured >= threshold
                && (alert.beganAt() == null || alert.beganAt().equals(began))
                && measured >= AlertPlan.measured(alert.kind(), began, past, toldOf)
                && measured <= AlertPlan.measured(alert.kind(), began, past, alert.raisedAt());
    }
}
