package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.START;

import io.sessionevents.session.Session.ResourceUtilization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usage records for tests, in every part that can be there. */
public final class UsageSample {
    public static final Instant END = START.plus(Duration.ofHours(1));

    private UsageSample() {}

    public static Usage numbers() {
        return new Usage(
                new ResourceUtilization(Amount.parse("0.1"), Amount.parse("1E-7"), Amount.parse("12.000")),
                new ResourceUtilization(Amount.parse("7"), null, null),
                59L);
    }

    /** The correction of nothing: everything is billed anew. */
    public static UsageRecord record(SessionKey key, @Nullable Map<String, String> tags, Map<String, String> labels) {
        String arn = SessionSample.of(key).session().arn();
        return new UsageRecord(
                key,
                2,
                UsageStatus.CORRECTED,
                END.plusSeconds(3600),
                END,
                7,
                new SessionIdentity(arn, "notebook", "arn:user", "arn:role", "emr-7.13.0", tags),
                labels,
                SessionState.FAILED,
                START,
                END,
                numbers(),
                new ResourceUtilization(Amount.parse("-0.9"), Amount.parse("1E-7"), null),
                UUID.fromString("2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"));
    }

    /** That session, when no look at its usage follows. */
    public static TrackedSession closed(TrackedSession ended) {
        Settlement settlement = Objects.requireNonNull(ended.settlement());
        return ended.withSettlement(settlement.lookAt(null));
    }

    /** The same with another status. */
    public static UsageRecord told(UsageStatus status) {
        UsageRecord one = record(SessionSample.KEY, null, Map.of());
        return new UsageRecord(
                one.key(),
                one.revision(),
                status,
                one.settledAt(),
                one.unchangedSince(),
                one.looks(),
                one.identity(),
                one.labels(),
                one.finalState(),
                one.periodStart(),
                one.periodEnd(),
                one.numbers(),
                one.billedDelta(),
                one.terminalEventId());
    }

    /** Of a session of which AWS never sent a number or a tag. */
    public static UsageRecord withoutNumbers(SessionKey key) {
        UsageRecord whole = record(key, null, Map.of());
        return new UsageRecord(
                key,
                1,
                UsageStatus.UNSETTLED,
                whole.settledAt(),
                null,
                0,
                new SessionIdentity("odd", null, "arn:user", "arn:role", "emr-7.13.0", null),
                Map.of(),
                SessionState.TERMINATED,
                START,
                END,
                Usage.NONE,
                null,
                whole.terminalEventId());
    }

    /** One whose looks have told nothing since then; null if the last one told something. */
    public static Settlement silentSince(@Nullable Instant since) {
        Settlement whole = settlement(true);
        return whole.silent(since == null ? Settlement.Silence.NONE : new Settlement.Silence(1, since, 1, since));
    }

    /** In every part that can be there, and in none. */
    public static Settlement settlement(boolean whole) {
        return new Settlement(
                END,
                END,
                END.plusMillis(1),
                END.plusMillis(2),
                whole ? END.plusMillis(3) : null,
                4,
                whole ? numbers() : Usage.NONE,
                whole ? END.plusMillis(5) : null,
                6,
                whole ? numbers() : Usage.NONE,
                whole ? new Settlement.Silence(7, END.plusMillis(8), 9, END.plusMillis(10)) : Settlement.Silence.NONE,
                whole
                        ? record(SessionSample.KEY, Map.of("cost", "42"), Map.of())
                                .identity()
                        : null);
    }
}
