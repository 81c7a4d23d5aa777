package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.Amount;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Phase;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.TrackedSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What throws while usage is told concerns its session alone. */
class SettlementStepsTest {
    private static final Session ENDED = SessionSample.in("TERMINATED")
            .endedAt(START)
            .billed(new ResourceUtilization(Amount.parse("0.1"), null, null))
            .session();
    private static final TrackedSession KEPT = new TrackedSession(
            KEY,
            Map.of(),
            Origin.PUBLISHED,
            START,
            null,
            1,
            new TrackedSession.Seen("TERMINATED", START, START, START, ENDED.updatedAt(), null, null, null));
    private static final Instant BOOKABLE = START.plus(Duration.ofHours(25));

    private Supplier<byte[]> written = () -> new byte[] {1};
    private Supplier<byte[]> kept = () -> new byte[0];

    private final SettlementDetector detector = new SettlementDetector(SettlementPlan.USUAL);
    private final SettlementSteps steps = new SettlementSteps(
            detector,
            new LookupSchedule(Duration.ofSeconds(2)),
            (usage, limit) -> new EventEncoder.Encoded(written.get(), new RecordHeaders()),
            (topic, session) -> kept.get(),
            new RecordLimit(RecordLimit.KAFKA_DEFAULT));

    @Test
    void shouldBookWhatHasStoodAndKeepLooking() {
        var book = (SettlementStep.Book) steps.after(stood(), LookupHistory.NOTHING, found(BOOKABLE));

        assertThat(book.usage().revision()).isOne();
        assertThat(requireNonNull(book.next().settlement()).revision()).isOne();
    }

    @Test
    void shouldBeginWithASessionThatAnOlderVersionEnded() {
        var first = (SettlementStep.Keep) steps.after(KEPT, LookupHistory.NOTHING, found(START.plusSeconds(60)));

        assertThat(first.next().phase()).isInstanceOf(Phase.Settling.class);
        assertThat(requireNonNull(first.next().settlement()).looks()).isOne();
    }

    @Test
    void shouldGiveUpUsageThatCannotBeWrittenAfterItsAttemptsAndCloseTheSession() {
        written = () -> {
            throw new EventEncoder.UnwritableException("raise max.message.bytes", new IOException());
        };

        var givenUp = givenUp();

        assertThat(givenUp.reason()).isEqualTo(DeadLetterReason.SESSION_UNREPORTABLE);
        assertThat(givenUp.message()).contains("raise max.message.bytes").contains(KEY.toString());
        assertThat(givenUp.next().phase()).isEqualTo(new Phase.Closed(givenUp.next()));
    }

    @Test
    void shouldGiveUpWhatCannotBeKeptAndShowNothingOfTheSession() {
        kept = () -> {
            throw new IllegalStateException("tag: secret");
        };

        assertThat(givenUp().message()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void shouldWaitForTheRegistryWithoutGivingUp() {
        written = () -> {
            throw new RequestDecoder.RetryLaterException("registry away", new IOException("refused"));
        };
        LookupHistory recent = LookupHistory.NOTHING;
        for (int i = 0; i < 100; i++) {
            var again = (SettlementStep.TryAgain) steps.after(stood(), recent, found(BOOKABLE.plusSeconds(i)));
            recent = again.recent();
            assertThat(again.after()).isPositive();
        }
        written = () -> new byte[] {1};

        assertThat(steps.after(stood(), recent, found(BOOKABLE.plusSeconds(200))))
                .isInstanceOf(SettlementStep.Book.class);
    }

    private SettlementStep.GiveUp givenUp() {
        LookupHistory recent = LookupHistory.NOTHING;
        for (int attempt = 1; attempt < SessionSteps.MOST_ATTEMPTS; attempt++) {
            var again = (SettlementStep.TryAgain) steps.after(stood(), recent, found(BOOKABLE));
            assertThat(again.after()).isPositive();
            recent = again.recent();
        }
        return (SettlementStep.GiveUp) steps.after(stood(), recent, found(BOOKABLE));
    }

    /** Looked at once, so that the next look may book. */
    private TrackedSession stood() {
        TrackedSession begun = detector.resume(KEPT, START);
        return detector.decide(begun, new Lookup.Found(ENDED, moment(START)), moment(START))
                .next();
    }

    private static LookupResult found(Instant at) {
        return new LookupResult(KEY, new Lookup.Found(ENDED, moment(at)), moment(at));
    }
}
