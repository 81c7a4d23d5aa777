package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SettlementDecision;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.Usage;
import io.sessionevents.session.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out what follows from a look at an ended session, as {@link SessionSteps} does for one that lives: what fails concerns that
 * session alone. Does nothing itself.
 *
 * @param sessions of what is kept; tried here, because a store that refused it would stop the StreamThread
 * @param limit what the topic of usage takes
 */
record SettlementSteps(
        SettlementDetector detector,
        LookupSchedule schedule,
        EventEncoder<UsageRecord> records,
        Serializer<TrackedSession> sessions,
        RecordLimit limit) {
    private static final Logger log = LoggerFactory.getLogger(SettlementSteps.class);

    /** Each attempt costs a look, and nobody waits for usage as for a change. */
    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(30);

    /**
     * What follows from that look.
     *
     * @param before what is remembered of the looks before it
     * @param result with the answer as it is believed
     */
    SettlementStep after(TrackedSession kept, LookupHistory before, LookupResult result) {
        try {
            return step(kept, before, result);
        } catch (RuntimeException | StackOverflowError e) {
            return unreportable(
                    kept, before.unreported(), null, result.answeredAt().at(), e);
        }
    }

    private SettlementStep step(TrackedSession kept, LookupHistory before, LookupResult result) {
        TrackedSession settling = settling(kept, result.answeredAt().at());
        SettlementDecision decision = detector.decide(settling, result.outcome(), result.answeredAt());
        byte[] _ = sessions.serialize(TrackingTopology.STORE, decision.next());
        return switch (decision) {
            case SettlementDecision.Book book -> book(kept, before, book);
            case SettlementDecision.LookAgain(TrackedSession next) -> new SettlementStep.Keep(next);
            case SettlementDecision.Close(SettlementDecision.Close.Why why, TrackedSession next) -> {
                if (requireNonNull(next.settlement()).revision() == 0) {
                    log.atWarn().addKeyValue("session", kept.key()).log("No usage is told of it: {}", why);
                }
                yield new SettlementStep.Keep(next);
            }
        };
    }

    private SettlementStep book(TrackedSession kept, LookupHistory before, SettlementDecision.Book book) {
        UsageRecord usage = book.usage();
        try {
            return new SettlementStep.Book(usage, records.encode(usage, limit), book.next());
        } catch (RequestDecoder.RetryLaterException e) {
            log.atWarn().addKeyValue("session", kept.key()).log("Its usage waits: {}", e.getMessage());
            return new SettlementStep.TryAgain(before, REGISTRY_PAUSE);
        } catch (RuntimeException | StackOverflowError e) {
            return unreportable(kept, before.unreported(), usage.numbers(), usage.settledAt(), e);
        }
    }

    /** One that a version ended which did not settle begins now. */
    private TrackedSession settling(TrackedSession kept, Instant now) {
        return kept.settlement() == null ? detector.resume(kept, now) : kept;
    }

    /** @param unwritten numbers that could not be told; null if it did not come that far */
    private SettlementStep unreportable(
            TrackedSession kept, LookupHistory recent, @Nullable Usage unwritten, Instant now, Throwable failure) {
        int attempts = recent.setbacks().unreportedChanges();
        String message = "the usage of " + kept.key() + " cannot be told: " + SessionSteps.shown(failure);
        log.atError()
                .addKeyValue("session", kept.key())
                .addKeyValue("attempt", attempts)
                .log(message);
        return attempts < SessionSteps.MOST_ATTEMPTS
                ? new SettlementStep.TryAgain(
                        recent, schedule.unreported(kept, recent).notBefore())
                : new SettlementStep.GiveUp(
                        DeadLetterReason.SESSION_UNREPORTABLE, message, detector.giveUp(kept, unwritten, now));
    }
}
