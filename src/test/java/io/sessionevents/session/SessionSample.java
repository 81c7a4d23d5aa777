package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions for tests: the ten required members and the timestamps that matter. */
public final class SessionSample {
    public static final SessionKey KEY = new SessionKey("00g92n5o091bas09", "00g92n6fhqd4qb09");
    public static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final SessionKey key;
    private String arn;
    private String state = "IDLE";
    private Instant updatedAt = START;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Instant idleSince;
    private @Nullable Long idleTimeoutMinutes;
    private Session.@Nullable ConfigurationOverrides overrides;
    private @Nullable Map<String, String> tags;

    private Session.@Nullable ResourceUtilization total;
    private Session.@Nullable ResourceUtilization billed;
    private @Nullable Long executionSeconds;

    private SessionSample(SessionKey key) {
        this.key = key;
        this.arn = "arn:aws:emr-serverless:us-east-1:123456789012:/applications/" + key.applicationId() + "/sessions/"
                + key.sessionId();
    }

    public static SessionSample of(SessionKey key) {
        return new SessionSample(key);
    }

    public static SessionSample in(String state) {
        SessionSample sample = new SessionSample(KEY);
        sample.state = state;
        return sample;
    }

    public SessionSample arn(String newArn) {
        arn = newArn;
        return this;
    }

    public SessionSample state(String newState) {
        state = newState;
        return this;
    }

    public SessionSample updatedAt(Instant at) {
        updatedAt = at;
        return this;
    }

    public SessionSample startedAt(@Nullable Instant at) {
        startedAt = at;
        return this;
    }

    public SessionSample endedAt(@Nullable Instant at) {
        endedAt = at;
        return this;
    }

    public SessionSample idleSince(@Nullable Instant at) {
        idleSince = at;
        return this;
    }

    public SessionSample idleTimeoutMinutes(@Nullable Long minutes) {
        idleTimeoutMinutes = minutes;
        return this;
    }

    public SessionSample overrides(Session.@Nullable ConfigurationOverrides newOverrides) {
        overrides = newOverrides;
        return this;
    }

    public SessionSample tags(@Nullable Map<String, String> newTags) {
        tags = newTags;
        return this;
    }

    public SessionSample total(Session.@Nullable ResourceUtilization used) {
        total = used;
        return this;
    }

    public SessionSample billed(Session.@Nullable ResourceUtilization used) {
        billed = used;
        return this;
    }

    public SessionSample executionSeconds(@Nullable Long seconds) {
        executionSeconds = seconds;
        return this;
    }

    public Session session() {
        return new Session(
                key.applicationId(),
                key.sessionId(),
                arn,
                null,
                state,
                "details of " + state,
                "emr-7.13.0",
                "arn:aws:iam::123456789012:role/spark",
                "arn:aws:iam::123456789012:user/ada",
                START,
                updatedAt,
                startedAt,
                endedAt,
                idleSince,
                overrides,
                null,
                idleTimeoutMinutes,
                tags,
                total,
                billed,
                executionSeconds);
    }

    /** Found by a lookup that was sent at the start. */
    public Lookup found() {
        return foundBy(START);
    }

    /** Found by a lookup that was sent then. */
    public Lookup foundBy(Instant sentAt) {
        return new Lookup.Found(session(), moment(sentAt));
    }

    /** That moment by two clocks that agree. */
    public static Moment moment(Instant at) {
        return new Moment(at, Duration.between(START, at).toNanos());
    }
}
