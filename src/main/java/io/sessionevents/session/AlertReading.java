package io.sessionevents.session;

import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.TrackedSession.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of alerts is about, as a look found it.
 *
 * @param beganAt null if the kind measures no time
 * @param value in the unit of the kind; a time is cut to milliseconds
 */
record AlertReading(@Nullable Instant beganAt, double value) {

    /**
     * What a look found.
     *
     * @param seen what was reported last, this look included
     * @param now when it was answered
     * @return null if the session is not in a state that the kind is about, or AWS did not say
     */
    static @Nullable AlertReading of(AlertKind kind, Seen seen, Session session, Instant now) {
        return switch (kind) {
            case IDLE -> seen.state() == SessionState.IDLE ? since(idleSince(seen, session), now) : null;
            case STARTING ->
                seen.state() == SessionState.SUBMITTED || seen.state() == SessionState.STARTING
                        ? since(seen.createdAt(), now)
                        : null;
            case CAP -> since(seen.createdAt(), now);
            case BILLED_VCPU_HOURS -> billed(session.billedResourceUtilization());
        };
    }

    /** Where AWS did not say so at first, what it says later counts if the session was something else meanwhile. */
    private static Instant idleSince(Seen seen, Session session) {
        if (seen.idleSince() != null) {
            return seen.idleSince();
        }
        Instant later = session.idleSince();
        return later == null || later.isBefore(seen.observedAt()) ? seen.observedAt() : later;
    }

    private static AlertReading since(Instant beganAt, Instant now) {
        Instant begin = beganAt.truncatedTo(ChronoUnit.MILLIS);
        Duration time = Duration.between(begin, now.truncatedTo(ChronoUnit.MILLIS));
        return new AlertReading(begin, AlertThresholds.toSeconds(time));
    }

    private static @Nullable AlertReading billed(@Nullable ResourceUtilization billed) {
        Double vCPUHours = billed == null ? null : billed.vCPUHour();
        return vCPUHours == null ? null : new AlertReading(null, vCPUHours);
    }
}
