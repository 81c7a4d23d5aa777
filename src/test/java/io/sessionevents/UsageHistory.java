package io.sessionevents;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.Usage;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The revisions of one session as the service writes them, one after the other. */
public final class UsageHistory {
    private final SessionKey key;
    private final SessionIdentity identity;
    private final Map<String, String> labels;
    private final Instant startedAt;
    private final Instant endedAt;
    private final List<UsageRecord> records = new ArrayList<>();

    /**
     * Begins with no revision.
     *
     * @param place Region and account as they stand in an ARN, for example {@code us-east-1:123456789012}
     * @param tags null: AWS sent none
     */
    public UsageHistory(
            SessionKey key,
            String place,
            @Nullable Map<String, String> tags,
            Map<String, String> labels,
            Instant startedAt,
            Instant endedAt) {
        this.key = key;
        this.identity = new SessionIdentity(
                arn(key, place),
                "notebook",
                "arn:aws:iam::123456789012:user/ada",
                "arn:aws:iam::123456789012:role/spark",
                "emr-7.13.0",
                tags);
        this.labels = labels;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
    }

    /** Adds the next revision; the first can be settled or not, and each later one is a correction. */
    public UsageHistory revision(
            UsageStatus status,
            Instant settledAt,
            @Nullable String vCPU,
            @Nullable String memory,
            @Nullable String storage) {
        var billed = new ResourceUtilization(amount(vCPU), amount(memory), amount(storage));
        var numbers = new Usage(billed, billed, endedAt.getEpochSecond() - startedAt.getEpochSecond());
        records.add(new UsageRecord(
                key,
                records.size() + 1,
                records.isEmpty() ? status : UsageStatus.CORRECTED,
                settledAt,
                numbers.billed() == null ? null : endedAt,
                5,
                identity,
                labels,
                SessionState.TERMINATED,
                startedAt,
                endedAt,
                numbers,
                numbers.billed() == null ? null : added(billed),
                UUID.nameUUIDFromBytes(identity.arn().getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    static String arn(SessionKey key, String place) {
        return "arn:aws:emr-serverless:" + place + ":/applications/" + key.applicationId() + "/sessions/"
                + key.sessionId();
    }

    public List<UsageRecord> records() {
        return List.copyOf(records);
    }

    private ResourceUtilization added(ResourceUtilization billed) {
        ResourceUtilization before =
                records.isEmpty() ? null : records.getLast().numbers().billed();
        return before == null
                ? billed
                : new ResourceUtilization(
                        added(billed.vCPU(), before.vCPU()),
                        added(billed.memory(), before.memory()),
                        added(billed.storage(), before.storage()));
    }

    private static @Nullable Amount added(@Nullable Amount now, @Nullable Amount before) {
        return now == null ? null : now.minus(before);
    }

    private static @Nullable Amount amount(@Nullable String text) {
        return text == null ? null : Amount.parse(text);
    }
}
