package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.v1.AlertStatus;
import io.sessionevents.v1.AlertUnit;
import io.sessionevents.v1.SessionAlert;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertEventsTest {
    static {
        AvroSafety.apply();
    }

    private static final SessionKey KEY = new SessionKey("prod-eu", "00g92n5o091bas09", "00g92n6fhqd4qb09");

    @Test
    void shouldTellEverything() throws IOException {
        var alert = AlertSample.raised(KEY, Map.of("cost", "42"), Map.of("team", "blue"));

        SessionAlert event = written(AlertEvents.event(alert));

        assertThat(event)
                .isEqualTo(SessionAlert.newBuilder()
                        .setAlertId(alert.alertId())
                        .setKind(io.sessionevents.v1.AlertKind.IDLE)
                        .setStatus(AlertStatus.RAISED)
                        .setCrossing(2)
                        .setRaisedAt(AlertSample.RAISED)
                        .setPreviousLookAt(AlertSample.RAISED.minusSeconds(10))
                        .setBeganAt(SessionSample.START)
                        .setThreshold(5400)
                        .setMeasured(7200.0)
                        .setUnit(AlertUnit.SECONDS)
                        .setRawState("IDLE")
                        .setSequence(4)
                        .setApplicationId("00g92n5o091bas09")
                        .setSessionId("00g92n6fhqd4qb09")
                        .setSource("prod-eu")
                        .setAccountId("123456789012")
                        .setRegion("us-east-1")
                        .setArn(alert.identity().arn())
                        .setName("notebook")
                        .setCreatedBy("arn:user")
                        .setExecutionRoleArn("arn:role")
                        .setReleaseLabel("emr-7.13.0")
                        .setTags(Map.of("cost", "42"))
                        .setLabels(Map.of("team", "blue"))
                        .build());
        assertThat(AlertEvents.alert(event)).contains(alert);
    }

    @ParameterizedTest
    @EnumSource(ClearReason.class)
    void shouldSayWhyAnAlertIsOver(ClearReason why) throws IOException {
        for (AlertKind kind : AlertKind.values()) {
            var alert = AlertSample.cleared(KEY, kind, why);

            SessionAlert event = written(AlertEvents.event(alert));

            assertThat(event.getStatus()).isEqualTo(AlertStatus.CLEARED);
            assertThat(event.getKind()).hasToString(kind.name());
            assertThat(event.getUnit()).hasToString(kind.unit().name());
            assertThat(event.getClearReason()).hasToString(why.name());
            assertThat(event.getAccountId()).isNull();
            assertThat(AlertEvents.alert(event)).contains(alert);
        }
    }

    @Test
    void shouldMakeNothingOfWhatANewerVersionWrote() {
        var why = AlertEvents.event(AlertSample.cleared(KEY, AlertKind.CAP, ClearReason.SESSION_ENDED));

        assertThat(List.of(
                        SessionAlert.newBuilder(why)
                                .setKind(io.sessionevents.v1.AlertKind.UNKNOWN)
                                .build(),
                        SessionAlert.newBuilder(why)
                                .setStatus(AlertStatus.UNKNOWN)
                                .build(),
                        SessionAlert.newBuilder(why)
                                .setClearReason(io.sessionevents.v1.ClearReason.UNKNOWN)
                                .build()))
                .allSatisfy(event -> assertThat(AlertEvents.alert(event)).isEmpty());
    }

    @Test
    void shouldGiveEveryRecordAnIdOfItsOwn() {
        var raised = AlertSample.raised(KEY, null, Map.of());
        Set<Object> ids = new HashSet<>(List.of(raised.alertId()));
        for (AlertKind kind : AlertKind.values()) {
            ids.add(AlertSample.cleared(KEY, kind, ClearReason.SESSION_ENDED).alertId());
        }

        assertThat(ids).hasSize(1 + AlertKind.values().length);
        assertThat(AlertSample.raised(KEY, Map.of("other", "tags"), Map.of()).alertId())
                .isEqualTo(raised.alertId());
    }

    private static SessionAlert written(SessionAlert event) throws IOException {
        return SessionAlert.getDecoder().decode(SessionAlert.getEncoder().encode(event));
    }
}
