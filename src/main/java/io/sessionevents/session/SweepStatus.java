package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the sweeps of one source stand in the process that makes them.
 *
 * @param budget ListSessions calls per second of the whole fleet
 * @param rate what is used of it at present, in calls per second
 * @param trouble why sweeps are not made, with the fix, for people; null if they are
 * @param undiscovered why applications could not be listed when that was tried last, for people; null if they could, or are not to be
 * @param applications that are swept, or were, by key
 */
public record SweepStatus(
        double budget,
        double rate,
        @Nullable String trouble,
        @Nullable String undiscovered,
        List<Application> applications) {

    public SweepStatus {
        applications = List.copyOf(applications);
    }

    /** Why the source is not swept, or no application of it is discovered, for people; null if that is not so. */
    public @Nullable String sourceTrouble() {
        return trouble == null && undiscovered != null ? "no application is discovered: " + undiscovered : trouble;
    }

    /** Why the last sweep of every application failed, for people; null if that of one did not. */
    public @Nullable String commonTrouble() {
        boolean all = applications.stream().allMatch(application -> application.trouble() != null);
        return all && !applications.isEmpty() ? applications.getFirst().trouble() : null;
    }

    /**
     * Time since the sweep that is the longest ago began; of an application without one, since this process has it. Zero if there are
     * no applications.
     */
    public Duration oldest(Instant now) {
        return applications.stream()
                .map(application -> Objects.requireNonNullElse(application.sweptAt(), application.heldSince()))
                .min(Comparator.naturalOrder())
                .map(at -> at.isBefore(now) ? Duration.between(at, now) : Duration.ZERO)
                .orElse(Duration.ZERO);
    }

    /**
     * One of them.
     *
     * @param since when the service first heard of it
     * @param heldSince since when this process sweeps it
     * @param living sessions that had not ended when it was swept last
     * @param sweptAt when the last whole sweep began; null: there was none yet since this process has it
     * @param completeAt when the last whole listing began that had the ended sessions too; null: there was none yet
     * @param trouble of its last sweep, for people; null if there was none
     */
    public record Application(
            ApplicationKey key,
            SweepReason reason,
            Instant since,
            Instant heldSince,
            int living,
            @Nullable Instant sweptAt,
            @Nullable Instant completeAt,
            @Nullable String trouble) {}
}
