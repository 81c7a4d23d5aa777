package io.sessionevents.session;

import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionAlert.Over;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts for tests. */
public final class AlertSample {
    public static final Instant RAISED = SessionSample.START.plusSeconds(7200);

    private static final SessionIdentity NOBODY =
            new SessionIdentity("no arn", null, "arn:user", "arn:role", "emr-7.13.0", null);

    private AlertSample() {}

    /** Idle for two hours. */
    public static SessionAlert raised(SessionKey key, @Nullable Map<String, String> tags, Map<String, String> labels) {
        return new SessionAlert(
                key,
                AlertKind.IDLE,
                2,
                RAISED,
                null,
                RAISED.minusSeconds(10),
                SessionSample.START,
                5400,
                7200.0,
                "IDLE",
                4,
                new SessionIdentity(
                        SessionSample.of(key).session().arn(), "notebook", "arn:user", "arn:role", "emr-7.13.0", tags),
                labels);
    }

    /** Of that kind, and of the usual session. */
    public static SessionAlert measured(AlertKind kind, double measured) {
        SessionAlert idle = raised(SessionSample.KEY, null, Map.of());
        return new SessionAlert(
                idle.key(),
                kind,
                1,
                RAISED,
                null,
                null,
                null,
                measured,
                measured,
                idle.rawState(),
                idle.sequence(),
                idle.identity(),
                idle.labels());
    }

    /** The least that can be said of one that is over. */
    public static SessionAlert cleared(SessionKey key, AlertKind kind, ClearReason why) {
        Instant at = RAISED.plusSeconds(60);
        return new SessionAlert(
                key, kind, 1, RAISED, new Over(at, why), null, null, 10, null, null, 4, NOBODY, Map.of());
    }
}
