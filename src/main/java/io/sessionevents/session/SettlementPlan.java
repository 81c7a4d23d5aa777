package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When ended sessions are looked at. Pure.
 *
 * @param looks after the end, ascending
 * @param settleAfter how long numbers must have stood to be booked
 */
public record SettlementPlan(List<Duration> looks, Duration settleAfter) {
    /** As the rhythm of usage numbers that AWS documents for job runs suggests: every 30 minutes. */
    public static final SettlementPlan USUAL = new SettlementPlan(
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(60),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(24)),
            Duration.ofMinutes(30));

    /** Two looks that are closer to each other become one: a minute of the usual half hour. */
    private static final int NEAR = 30;

    private static final int MOST_DOUBLINGS = 10;

    /** @throws IllegalArgumentException if a value is out of range; the message says which and what was expected */
    public SettlementPlan {
        looks = List.copyOf(looks);
        if (!ascending(looks) || looks.getLast().compareTo(LookupSchedule.HORIZON) > 0) {
            throw new IllegalArgumentException(
                    "looks: " + looks + ", expected ascending times, each above 0 and at most "
                            + LookupSchedule.HORIZON.toDays() + " days");
        }
        if (!settleAfter.isPositive() || settleAfter.compareTo(looks.getLast()) > 0) {
            throw new IllegalArgumentException("settleAfter: " + settleAfter
                    + ", expected a time above 0 and not longer than until the last look, " + looks.getLast());
        }
    }

    private static boolean ascending(List<Duration> looks) {
        Duration before = Duration.ZERO;
        for (Duration look : looks) {
            if (look.compareTo(before) <= 0) {
                return false;
            }
            before = look;
        }
        return !looks.isEmpty();
    }

    /** The last look after the end. */
    Duration last() {
        return looks.getLast();
    }

    /** The first look after that time, the last one included; null if there is none. */
    @Nullable
    Instant after(Settlement kept, Instant now) {
        Instant last = kept.lastLookAt();
        for (Duration look : looks) {
            Instant due = kept.endedAt().plus(look);
            if (due.isAfter(now) && due.isBefore(last)) {
                return due;
            }
        }
        return last.isAfter(now) ? last : null;
    }

    /**
     * The same, or sooner, if numbers that stand can be booked sooner. A planned look shortly before that waits for it.
     *
     * @param bookable when they can; null if there are none
     */
    @Nullable
    Instant after(Settlement kept, Instant now, @Nullable Instant bookable) {
        Instant planned = after(kept, now);
        return bookable != null && bookable.isAfter(now) && (planned == null || !bookable.isAfter(planned.plus(near())))
                ? bookable
                : planned;
    }

    /** Whether more than one look has been missed between the two times. */
    boolean missed(Instant endedAt, Instant from, Instant to) {
        return looks.stream()
                        .map(endedAt::plus)
                        .filter(due -> due.isAfter(from) && !due.isAfter(to))
                        .count()
                > 1;
    }

    /** Whether a look came so late that numbers which it found first could have stood by then; the last look is put off once for that. */
    boolean overdue(Settlement kept, Instant now) {
        Instant due = kept.nextLookAt();
        return due != null && !putOff(kept) && !now.isBefore(due.plus(settleAfter));
    }

    /** When the last look is due now that AWS says when the session ended: it moves with the end, unless it was put off or would be over. */
    Instant lastLook(Settlement kept, Instant endedAt, Instant now) {
        Instant planned = endedAt.plus(last());
        return putOff(kept) || !planned.isAfter(now) ? kept.lastLookAt() : planned;
    }

    private boolean putOff(Settlement kept) {
        return !kept.lastLookAt().equals(kept.endedAt().plus(last()));
    }

    /** How long to wait after that many looks that told nothing: longer each time, and no longer than numbers must stand. */
    Duration pause(int silentLooks) {
        Duration wanted = near().multipliedBy(1L << Math.clamp(silentLooks - 1, 0, MOST_DOUBLINGS));
        return shorter(wanted, settleAfter);
    }

    /** Over which time answers must be spread that do not find a session. */
    Duration patience() {
        return shorter(TransitionDetector.PATIENCE_WITH_SEEN, settleAfter);
    }

    private Duration near() {
        Duration near = settleAfter.dividedBy(NEAR);
        return near.isZero() ? Duration.ofNanos(1) : near;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
