package io.sessionevents.session;

import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.TrackedSession.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session has used, to be booked. The first revision is settled or openly not; each later one tells all numbers anew.
 *
 * @param revision from 1, without gaps
 * @param settledAt when this revision was decided; cut to milliseconds
 * @param unchangedSince when a look first found all numbers as they are here; null if none ever found a billed one
 * @param looks answered looks at the ended session that the record rests on
 * @param labels from the publisher of the session id
 * @param finalState as the terminal event told it
 * @param periodStart when the session started, or was created if it never did
 * @param periodEnd when the session ended
 * @param numbers as AWS sent them last
 * @param billedDelta billed here less billed in the revision before, exactly; the sum over all revisions is what the last one
 *     bills. Null where nothing is billed
 * @param terminalEventId of the event that told of the end
 */
public record UsageRecord(
        SessionKey key,
        int revision,
        UsageStatus status,
        Instant settledAt,
        @Nullable Instant unchangedSince,
        int looks,
        SessionIdentity identity,
        Map<String, String> labels,
        SessionState finalState,
        Instant periodStart,
        Instant periodEnd,
        Usage numbers,
        @Nullable ResourceUtilization billedDelta,
        UUID terminalEventId) {

    public UsageRecord {
        labels = Map.copyOf(labels);
        settledAt = settledAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The next revision, with the numbers that were looked at. */
    static UsageRecord of(
            TrackedSession kept,
            Seen seen,
            Settlement looked,
            SessionIdentity identity,
            UsageStatus status,
            Instant now) {
        return new UsageRecord(
                kept.key(),
                looked.revision() + 1,
                status,
                now,
                looked.unchangedSince(),
                looked.looks(),
                identity,
                kept.labels(),
                seen.state(),
                seen.startedAt() == null ? seen.createdAt() : seen.startedAt(),
                looked.endedAt(),
                looked.numbers(),
                looked.numbers().billedSince(looked.booked()),
                StateChange.eventId(identity.arn(), kept.sequence(), seen.rawState(), seen.updatedAt()));
    }

    /** Name-based (RFC 9562 version 3) over ARN and revision: the same revision, the same id. */
    public UUID usageId() {
        String name = identity.arn() + "\n" + revision;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
