package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.in;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.AlertDetector;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Alerts beside the changes of a session. */
class AlertStepsTest {
    private static final Instant CROSSED = START.plus(Duration.ofMinutes(30));

    private Supplier<byte[]> written = () -> new byte[] {1};

    private final AlertSteps alerts = new AlertSteps(
            new AlertDetector(new AlertThresholds(Duration.ofMinutes(30), null, null, null)),
            (alert, limit) -> new EventEncoder.Encoded(written.get(), new RecordHeaders()),
            new RecordLimit(RecordLimit.KAFKA_DEFAULT));
    private final SessionSteps steps = new SessionSteps(
            new TransitionDetector(),
            new LookupSchedule(Duration.ofSeconds(2)),
            (change, limit) -> new EventEncoder.Encoded(new byte[] {1}, new RecordHeaders()),
            new SettlementDetector(SettlementPlan.USUAL),
            alerts,
            (topic, session) -> new byte[0],
            new RecordLimit(RecordLimit.KAFKA_DEFAULT));

    @Test
    void shouldRaiseAtAnUnchangedSessionAndClearWithItsChange() {
        var raised = (SessionStep.Alert) idle(seenIdle(), CROSSED);

        assertThat(raised.alerts().told())
                .extracting(told -> told.alert().status())
                .containsExactly(SessionAlert.Status.RAISED);
        var report = (SessionStep.Report) busy(raised.alerts().next(), CROSSED.plusSeconds(2));
        assertThat(report.alerts().told())
                .extracting(told -> told.alert().status())
                .containsExactly(SessionAlert.Status.CLEARED);
        assertThat(report.next().alerts().raised()).isEmpty();
    }

    @Test
    void shouldCostNothingWhereNothingIsCrossed() {
        assertThat(idle(seenIdle(), START.plusSeconds(60))).isInstanceOf(SessionStep.LookAgain.class);
    }

    /** An alert that cannot be written must not hold a change up. */
    @Test
    void shouldTellByADeadLetterWhatCannotBeWrittenAndGoOn() {
        written = () -> {
            throw new EventEncoder.UnwritableException("raise max.message.bytes", new IOException());
        };

        var raised = (SessionStep.Alert) idle(seenIdle(), CROSSED);

        assertThat(raised.alerts().told()).isEmpty();
        assertThat(raised.alerts().untold())
                .singleElement()
                .asString()
                .contains("IDLE 1", KEY.toString(), "RAISED", "raise max.message.bytes");
        assertThat(raised.alerts().next().alerts().raised()).containsExactly(AlertKind.IDLE);
        assertThat(busy(raised.alerts().next(), CROSSED.plusSeconds(2))).isInstanceOf(SessionStep.Report.class);
    }

    @Test
    void shouldShowNothingOfTheSessionInADeadLetter() {
        written = () -> {
            throw new IllegalStateException("tag: secret");
        };

        var raised = (SessionStep.Alert) idle(seenIdle(), CROSSED);

        assertThat(raised.alerts().untold().getFirst())
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void shouldWaitForTheRegistry() {
        written = () -> {
            throw new RequestDecoder.RetryLaterException("registry away", new IOException("refused"));
        };
        assertThat(idle(seenIdle(), CROSSED)).isInstanceOf(SessionStep.LookAgain.class);
        written = () -> new byte[] {1};

        assertThat(idle(seenIdle(), CROSSED.plusSeconds(2))).isInstanceOf(SessionStep.Alert.class);
    }

    @Test
    void shouldTellByADeadLetterWhatNobodyTriesAgain() {
        TrackedSession idle =
                ((SessionStep.Alert) idle(seenIdle(), CROSSED)).alerts().next();
        written = () -> {
            throw new RequestDecoder.RetryLaterException("registry away", new IOException("refused"));
        };

        assertThat(alerts.stopped(idle, CROSSED).untold()).hasSize(1);
    }

    private TrackedSession seenIdle() {
        TrackedSession published = TrackedSession.startTracking(KEY, Map.of(), START);
        return ((SessionStep.Report) idle(published, START.plusSeconds(1))).next();
    }

    private SessionStep idle(TrackedSession kept, Instant at) {
        return after(kept, new LookupResult(KEY, in("IDLE").idleSince(START).foundBy(at), moment(at)));
    }

    private SessionStep busy(TrackedSession kept, Instant at) {
        return after(kept, new LookupResult(KEY, in("BUSY").updatedAt(at).foundBy(at), moment(at)));
    }

    private SessionStep after(TrackedSession kept, LookupResult result) {
        return steps.after(kept, LookupHistory.NOTHING, result);
    }
}
