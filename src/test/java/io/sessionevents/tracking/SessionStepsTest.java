package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What throws while an event is made concerns its session alone. */
class SessionStepsTest {
    private static final TrackedSession NEW = TrackedSession.startTracking(KEY, Map.of(), START);
    private static final LookupSchedule SCHEDULE = new LookupSchedule(Duration.ofSeconds(2));

    private Supplier<byte[]> written = () -> "event".getBytes(UTF_8);
    private Supplier<byte[]> kept = () -> new byte[0];

    private final SessionSteps steps = new SessionSteps(
            new TransitionDetector(),
            SCHEDULE,
            (change, limit) -> new EventEncoder.Encoded(written.get(), new RecordHeaders()),
            new SettlementDetector(SettlementPlan.USUAL),
            NoAlerts.STEPS,
            (topic, session) -> kept.get(),
            new RecordLimit(RecordLimit.KAFKA_DEFAULT));

    static Stream<Supplier<byte[]>> failures() {
        return Stream.of(
                () -> {
                    throw new ArithmeticException("long overflow");
                },
                () -> {
                    throw new NullPointerException();
                },
                () -> {
                    throw new StackOverflowError();
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldGiveUpAnEventThatCannotBeWrittenAfterItsAttemptsAndNotBefore(Supplier<byte[]> failure) {
        written = failure;

        assertThat(attempts()).containsExactly(2L, 4L, 8L, 16L);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldGiveUpAStateThatCannotBeKeptLikewise(Supplier<byte[]> failure) {
        kept = failure;

        assertThat(attempts()).hasSize(SessionSteps.MOST_ATTEMPTS - 1);
    }

    @Test
    void shouldReportOnceTheTroubleIsOverWithTheWindowOfTheLastGoodLook() {
        LookupHistory looked = LookupHistory.NOTHING;
        TrackedSession idle =
                report(NEW, looked, SessionSample.in("IDLE").foundBy(START)).next();
        written = () -> {
            throw new IllegalStateException("odd");
        };
        Lookup busy = SessionSample.in("BUSY").updatedAt(START.plusSeconds(5)).foundBy(START.plusSeconds(10));
        var again = (SessionStep.LookAgain) steps.after(idle, looked, result(busy, START.plusSeconds(11)));
        written = () -> new byte[] {1};

        SessionStep.Report report = report(idle, again.recent(), busy);

        assertThat(report.change().previousObservedAt()).isEqualTo(START);
        assertThat(report.recent().setbacks().unreportedChanges()).isZero();
    }

    @Test
    void shouldShowNoMessageThatMayQuoteTheSession() {
        written = () -> {
            throw new IllegalStateException("not a string: spark.password=secret");
        };

        assertThat(lastMessage()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void shouldShowWhyAnEventIsTooLarge() {
        written = () -> {
            throw new EventEncoder.UnwritableException("raise max.message.bytes", new IOException());
        };

        assertThat(lastMessage()).contains("raise max.message.bytes");
    }

    @Test
    void shouldWaitWithoutGivingUpForWhatConcernsEverySession() {
        written = () -> {
            throw new RequestDecoder.RetryLaterException("registry away", new IOException("refused"));
        };
        LookupHistory recent = LookupHistory.NOTHING;
        for (int i = 0; i < 1000; i++) {
            SessionStep step =
                    steps.after(NEW, recent, result(SessionSample.in("IDLE").found(), START.plusSeconds(i)));
            assertThat(step).isInstanceOf(SessionStep.LookAgain.class);
            recent = ((SessionStep.LookAgain) step).recent();
        }
        assertThat(recent).isEqualTo(LookupHistory.NOTHING);
    }

    /** Seconds until the next look after each attempt but the last, which gives up. */
    private List<Long> attempts() {
        List<Long> pauses = new ArrayList<>();
        LookupHistory recent = LookupHistory.NOTHING;
        SessionStep step = look(recent);
        while (step instanceof SessionStep.LookAgain again) {
            pauses.add(again.look().notBefore().toSeconds());
            step = look(again.recent());
        }
        assertThat(step).asInstanceOf(type(SessionStep.GiveUp.class)).satisfies(giveUp -> {
            assertThat(giveUp.reason()).isEqualTo(DeadLetterReason.SESSION_UNREPORTABLE);
            assertThat(giveUp.message()).contains(KEY.toString());
            assertThat(giveUp.alerts().next().tracked()).isFalse();
            assertThat(giveUp.alerts().next().givenUp())
                    .as("tracked again by a listing, to no end")
                    .isFalse();
        });
        return pauses;
    }

    private String lastMessage() {
        SessionStep step = look(LookupHistory.NOTHING);
        while (step instanceof SessionStep.LookAgain again) {
            step = look(again.recent());
        }
        return ((SessionStep.GiveUp) step).message();
    }

    private SessionStep look(LookupHistory recent) {
        return steps.after(NEW, recent, result(SessionSample.in("IDLE").found(), START));
    }

    private SessionStep.Report report(TrackedSession session, LookupHistory recent, Lookup outcome) {
        return (SessionStep.Report) steps.after(session, recent, result(outcome, START.plusSeconds(60)));
    }

    private static LookupResult result(Lookup outcome, Instant at) {
        return new LookupResult(KEY, outcome, moment(at));
    }
}
