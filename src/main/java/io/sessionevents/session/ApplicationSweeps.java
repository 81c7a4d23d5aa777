package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps of one application, as far as this process makes them: which is under way, and when the next one may begin. Not safe for use
 * by several threads.
 */
final class ApplicationSweeps {
    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    /** Answers in a row that the application is not there, before that is believed, and the time over which they are spread. */
    static final int CONFIRMATIONS = 3;

    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Pages of a sweep that are read in one go: a thousand sessions. */
    static final int LENGTHY = 20;

    SweptApplication application;
    SweptSessions sessions = SweptSessions.NONE;

    @Nullable
    Sweep underWay;

    boolean asked;
    Instant askedAt = Instant.EPOCH;

    @Nullable
    Instant sweptAt;

    @Nullable
    Instant completeAt;

    Instant notBefore = Instant.EPOCH;

    @Nullable
    String trouble;

    /** Why AWS refuses its listing, for people; null if it was not refused when AWS last had a say in it. */
    @Nullable
    String refusal;

    /** When its listing failed for a reason of its own, if it did since it was listed to the end. */
    private @Nullable Instant failedAt;

    private Instant heldSince;
    private int living;
    private int pages = 1;
    private int failures;
    private int unknown;
    private @Nullable Instant unknownSince;

    /** One that this process sweeps from now on. */
    ApplicationSweeps(SweptApplication application, Instant now) {
        this.application = application;
        this.heldSince = now;
    }

    /** How urgent the next sweep is: the longer ago, and the more sessions a call shows, the more. */
    double urgency(Instant now) {
        Instant turn = turn(sweptAt);
        if (turn == null) {
            return Double.MAX_VALUE;
        }
        double age = Math.max(0, Duration.between(turn, now).toMillis());
        return age * Math.sqrt(Math.max(1, (double) living / pages));
    }

    /** Whether all its sessions are due to be listed, those that have ended included. */
    boolean completeDue(Duration interval, Instant now) {
        return application.tracked() && (completeAt == null || !now.isBefore(completeAt.plus(interval)));
    }

    /** Since when it waits to be listed completely; long ago if it never had its turn. */
    Instant completeTurn() {
        Instant turn = turn(completeAt);
        return turn == null ? Instant.EPOCH : turn;
    }

    /** One whose listing fails has had its turn: as long as it counted as never listed, it would be next for ever. */
    private @Nullable Instant turn(@Nullable Instant listedAt) {
        return failedAt == null ? listedAt : failedAt;
    }

    boolean free(Instant now) {
        return !asked && !now.isBefore(notBefore);
    }

    /** The page that is asked for next; begins a sweep if none is under way. */
    ListingQuery begin(boolean complete, Instant now) {
        if (underWay == null) {
            Instant before = completeAt == null ? application.completeAt() : completeAt;
            underWay = complete
                    ? Sweep.complete(
                            application.key(), SweepDetector.createdAfter(before, application.since(), now), now)
                    : Sweep.steady(application.key(), now);
        }
        asked = true;
        askedAt = now;
        return underWay.query();
    }

    boolean begun() {
        return underWay != null;
    }

    /** Whether the sweep under way has had so many pages that it must not hold up those of others. */
    boolean lengthy() {
        return underWay != null && underWay.pages() >= LENGTHY;
    }

    /** A page was read. */
    void read(SweepStep.Read step) {
        unknown = 0;
        unknownSince = null;
        refusal = null;
        trouble = null;
        sessions = step.kept();
        underWay = step.whole() ? null : step.sweep();
        if (!step.whole()) {
            return;
        }
        failures = 0;
        failedAt = null;
        if (step.sweep().query().living()) {
            sweptAt = step.sweep().began();
            living = step.sweep().met().size();
            pages = step.sweep().pages();
        } else {
            completeAt = step.sweep().began();
        }
    }

    /**
     * Its listing is read again from the first page, a little later.
     *
     * @param source whether that says nothing about it, but something about the whole source
     */
    void broken(String message, boolean source, Instant now) {
        underWay = null;
        trouble = message;
        failedAt = source ? failedAt : now;
        Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures++, 5));
        notBefore = now.plus(pause.compareTo(LONGEST_BACK_OFF) < 0 ? pause : LONGEST_BACK_OFF);
    }

    /** It is not listed for that long. */
    void refused(String message, Duration pause, Instant now) {
        pause(message, pause, now);
        refusal = message;
    }

    private void pause(String message, Duration pause, Instant now) {
        underWay = null;
        trouble = message;
        failedAt = now;
        notBefore = now.plus(pause);
    }

    /** AWS says that it is not there: whether that is believed by now. */
    boolean unknown(String message, Instant now) {
        unknown++;
        unknownSince = unknownSince == null ? now : unknownSince;
        refusal = null;
        pause(message, LONGEST_BACK_OFF, now);
        return unknown >= CONFIRMATIONS && !now.isBefore(unknownSince.plus(PATIENCE));
    }

    /** Whether AWS said last that it is not there. */
    boolean missing() {
        return unknown > 0;
    }

    /** Whether AWS has ever listed it, as far as is known. */
    boolean everListed() {
        return sweptAt != null || completeAt != null || application.completeAt() != null;
    }

    /** The clock was set by that much: everything is as long ago, and as far away, as it was. */
    void clockSet(Duration by) {
        underWay = underWay == null ? null : underWay.clockSet(by);
        askedAt = askedAt.plus(by);
        heldSince = heldSince.plus(by);
        sweptAt = later(sweptAt, by);
        completeAt = later(completeAt, by);
        failedAt = later(failedAt, by);
        unknownSince = later(unknownSince, by);
        notBefore = notBefore.plus(by);
    }

    private static @Nullable Instant later(@Nullable Instant time, Duration by) {
        return time == null ? null : time.plus(by);
    }

    SweepStatus.Application status() {
        return new SweepStatus.Application(
                application.key(),
                application.reason(),
                application.since(),
                heldSince,
                living,
                sweptAt,
                completeAt == null ? application.completeAt() : completeAt,
                trouble);
    }
}
