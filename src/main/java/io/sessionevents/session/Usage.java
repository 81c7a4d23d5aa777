package io.sessionevents.session;

import io.sessionevents.session.Session.ResourceUtilization;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usage numbers of one look at a session.
 *
 * @param billed what AWS billed; null if it sent no number of it
 * @param total what ran; null if it sent no number of it
 * @param executionSeconds how long the session ran, in seconds; null if AWS sent none
 */
public record Usage(
        @Nullable ResourceUtilization billed,
        @Nullable ResourceUtilization total,
        @Nullable Long executionSeconds) {
    public static final Usage NONE = new Usage(null, null, null);
    private static final ResourceUtilization NOTHING = new ResourceUtilization(null, null, null);

    public Usage {
        billed = billed == null || billed.empty() ? null : billed;
        total = total == null || total.empty() ? null : total;
    }

    static Usage of(Session session) {
        return new Usage(
                session.billedResourceUtilization(),
                session.totalResourceUtilization(),
                session.totalExecutionDurationSeconds());
    }

    /** Whether there is something to book. */
    boolean billable() {
        return billed != null;
    }

    /** Whether all numbers are the same, however they are written. */
    boolean same(Usage other) {
        return same(billed, other.billed)
                && same(total, other.total)
                && Objects.equals(executionSeconds, other.executionSeconds);
    }

    /** Whether a billed number is missing that was there before: AWS forgets none, so the answer is partial. */
    boolean lacksBilledOf(Usage before) {
        return lacks(billed, before.billed);
    }

    /** These numbers, and those of before where none is here: what AWS has sent never becomes null again. */
    Usage over(Usage before) {
        return new Usage(
                over(billed, before.billed),
                over(total, before.total),
                executionSeconds == null ? before.executionSeconds : executionSeconds);
    }

    private static ResourceUtilization over(@Nullable ResourceUtilization now, @Nullable ResourceUtilization before) {
        ResourceUtilization a = orNothing(now);
        ResourceUtilization b = orNothing(before);
        return new ResourceUtilization(
                a.vCPU() == null ? b.vCPU() : a.vCPU(),
                a.memory() == null ? b.memory() : a.memory(),
                a.storage() == null ? b.storage() : a.storage());
    }

    /** What is billed more than before, number by number and exactly; null if nothing is billed. */
    @Nullable
    ResourceUtilization billedSince(Usage before) {
        if (billed == null) {
            return null;
        }
        ResourceUtilization then = orNothing(before.billed);
        return new ResourceUtilization(
                difference(billed.vCPU(), then.vCPU()),
                difference(billed.memory(), then.memory()),
                difference(billed.storage(), then.storage()));
    }

    private static @Nullable Amount difference(@Nullable Amount now, @Nullable Amount before) {
        return now == null ? null : now.minus(before);
    }

    private static boolean same(@Nullable ResourceUtilization one, @Nullable ResourceUtilization other) {
        ResourceUtilization a = orNothing(one);
        ResourceUtilization b = orNothing(other);
        return same(a.vCPU(), b.vCPU()) && same(a.memory(), b.memory()) && same(a.storage(), b.storage());
    }

    private static boolean same(@Nullable Amount one, @Nullable Amount other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.same(other);
    }

    private static boolean lacks(@Nullable ResourceUtilization now, @Nullable ResourceUtilization before) {
        ResourceUtilization a = orNothing(now);
        ResourceUtilization b = orNothing(before);
        return (a.vCPU() == null && b.vCPU() != null)
                || (a.memory() == null && b.memory() != null)
                || (a.storage() == null && b.storage() != null);
    }

    private static ResourceUtilization orNothing(@Nullable ResourceUtilization used) {
        return used == null ? NOTHING : used;
    }
}
