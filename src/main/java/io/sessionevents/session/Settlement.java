package io.sessionevents.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an ended session until its usage numbers are booked, and of what was booked; immutable. All times by the wall
 * clock, because they outlive the process, and cut to milliseconds, so that what is kept and what is stored compare equal.
 *
 * @param endedAt when the session ended, as AWS says: the looks count from here
 * @param updatedAt the newest of any answer
 * @param answeredAt when the last look that found the session was answered; the end if there was none
 * @param lastLookAt when the last look is due
 * @param nextLookAt when the next look is due; null if none follows
 * @param looks how many found the ended session
 * @param numbers as AWS sent them last
 * @param unchangedSince when a look first found these; null if none found any that can be booked
 * @param revision of the last record; 0 if there is none
 * @param booked numbers of the last record; none if there is none
 * @param silence looks since then that told nothing
 * @param identity as last seen; null if it was never seen, or no look follows
 */
public record Settlement(
        Instant endedAt,
        Instant updatedAt,
        Instant answeredAt,
        Instant lastLookAt,
        @Nullable Instant nextLookAt,
        int looks,
        Usage numbers,
        @Nullable Instant unchangedSince,
        int revision,
        Usage booked,
        Silence silence,
        @Nullable SessionIdentity identity) {

    public Settlement {
        endedAt = millis(endedAt);
        updatedAt = millis(updatedAt);
        answeredAt = millis(answeredAt);
        lastLookAt = millis(lastLookAt);
        nextLookAt = millisOrNull(nextLookAt);
        unchangedSince = millisOrNull(unchangedSince);
    }

    /**
     * Looks in an unbroken row that told nothing.
     *
     * @param looks how many
     * @param since when the row began; null if there is none
     * @param absences how many of them did not find the session
     * @param absentSince when the first of these was answered; null if there is none
     */
    public record Silence(
            int looks,
            @Nullable Instant since,
            int absences,
            @Nullable Instant absentSince) {
        public Silence {
            since = millisOrNull(since);
            absentSince = millisOrNull(absentSince);
        }

        public static final Silence NONE = new Silence(0, null, 0, null);

        Silence untold(Instant now) {
            return new Silence(looks + 1, since == null ? now : since, absences, absentSince);
        }

        Silence absent(Instant now) {
            return new Silence(
                    looks + 1, since == null ? now : since, absences + 1, absentSince == null ? now : absentSince);
        }
    }

    /** Whether no look follows. What turns up all the same is a correction. */
    public boolean closed() {
        return nextLookAt == null;
    }

    Settlement silent(Silence more) {
        return new Settlement(
                endedAt,
                updatedAt,
                answeredAt,
                lastLookAt,
                nextLookAt,
                looks,
                numbers,
                unchangedSince,
                revision,
                booked,
                more,
                identity);
    }

    /** These numbers are to be told, and could not be. */
    Settlement unwritten(Usage untold) {
        return with(untold, revision, booked);
    }

    /** The numbers are booked. */
    Settlement nextRevision() {
        return with(numbers, revision + 1, numbers);
    }

    private Settlement with(Usage seen, int told, Usage toldLast) {
        return new Settlement(
                endedAt,
                updatedAt,
                answeredAt,
                lastLookAt,
                nextLookAt,
                looks,
                seen,
                unchangedSince,
                told,
                toldLast,
                silence,
                identity);
    }

    /** Whether what was seen last was told. */
    boolean told() {
        return revision > 0 && numbers.same(booked);
    }

    /** @param next null: no look follows */
    Settlement lookAt(@Nullable Instant next) {
        return new Settlement(
                endedAt,
                updatedAt,
                answeredAt,
                lastLookAt,
                next,
                looks,
                numbers,
                unchangedSince,
                revision,
                booked,
                silence,
                next == null ? null : identity);
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant millisOrNull(@Nullable Instant instant) {
        return instant == null ? null : millis(instant);
    }
}
