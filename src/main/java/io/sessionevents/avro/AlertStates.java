package io.sessionevents.avro;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertState;
import io.sessionevents.session.AlertState.Crossing;
import io.sessionevents.v1.KeptAlerts;
import io.sessionevents.v1.KeptCrossing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between the domain and what the state store holds of alerts. */
final class AlertStates {
    private AlertStates() {}

    static @Nullable KeptAlerts toAvro(AlertState alerts) {
        if (alerts.equals(AlertState.NONE)) {
            return null;
        }
        List<KeptCrossing> crossings = Stream.of(AlertKind.values())
                .flatMap(kind -> Stream.ofNullable(alerts.crossings().get(kind))
                        .map(crossing -> new KeptCrossing(
                                kind.name(),
                                crossing.number(),
                                crossing.raisedAt(),
                                crossing.beganAt(),
                                crossing.threshold())))
                .toList();
        return new KeptAlerts(crossings, Settlements.toAvro(alerts.identity()));
    }

    static AlertState fromAvro(@Nullable KeptAlerts avro) {
        if (avro == null) {
            return AlertState.NONE;
        }
        Map<AlertKind, Crossing> crossings = new EnumMap<>(AlertKind.class);
        avro.getCrossings()
                .forEach(crossing -> kind(crossing.getKind())
                        .ifPresent(kind -> crossings.put(
                                kind,
                                new Crossing(
                                        crossing.getNumber(),
                                        crossing.getRaisedAt(),
                                        crossing.getBeganAt(),
                                        crossing.getThreshold()))));
        return new AlertState(crossings, Settlements.fromAvro(avro.getIdentity()));
    }

    /** Empty if a later version has written it: this one forgets what it does not know, and goes on. */
    private static Optional<AlertKind> kind(String name) {
        return Stream.of(AlertKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }
}
