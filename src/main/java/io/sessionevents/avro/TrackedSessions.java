package io.sessionevents.avro;

import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.v1.Seen;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.message.SchemaStore;
import org.jspecify.annotations.Nullable;

/** Between the domain and what the state store holds. */
final class TrackedSessions {
    /** An entry of a version that did not keep when a lookup was sent: no attempt takes that long. */
    private static final Duration LONGEST_LOOKUP = Duration.ofMinutes(1);

    /** What earlier versions wrote. */
    private static final SchemaStore.Cache RELEASED = new SchemaStore.Cache();

    static {
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v1"));
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v2"));
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v3"));
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v4"));
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v5"));
        RELEASED.addSchema(ReleasedSchemas.read("tracked-session-v6"));
    }

    private TrackedSessions() {}

    /** The schema of an earlier version by its fingerprint. */
    static SchemaStore released() {
        return RELEASED;
    }

    static io.sessionevents.v1.TrackedSession toAvro(TrackedSession session) {
        return io.sessionevents.v1.TrackedSession.newBuilder()
                .setApplicationId(session.key().applicationId())
                .setSessionId(session.key().sessionId())
                .setLabels(session.labels())
                .setFollowedAt(session.trackedAt())
                .setStoppedAt(session.stoppedAt())
                .setGivenUp(session.givenUp())
                .setSequence(session.sequence())
                .setSeen(toAvro(session.seen()))
                .setSource(SourceNames.toAvro(session.key().source()))
                .setDiscovered(session.origin() == Origin.DISCOVERED)
                .setSettlement(Settlements.toAvro(session.settlement()))
                .setAlerts(AlertStates.toAvro(session.alerts()))
                .build();
    }

    static TrackedSession fromAvro(io.sessionevents.v1.TrackedSession avro) {
        return new TrackedSession(
                new SessionKey(SourceNames.fromAvro(avro.getSource()), avro.getApplicationId(), avro.getSessionId()),
                avro.getLabels(),
                avro.getDiscovered() ? Origin.DISCOVERED : Origin.PUBLISHED,
                avro.getFollowedAt(),
                avro.getStoppedAt(),
                avro.getGivenUp(),
                avro.getSequence(),
                fromAvro(avro.getSeen()),
                Settlements.fromAvro(avro.getSettlement()),
                AlertStates.fromAvro(avro.getAlerts()));
    }

    private static @Nullable Seen toAvro(TrackedSession.@Nullable Seen seen) {
        return seen == null
                ? null
                : Seen.newBuilder()
                        .setRawState(seen.rawState())
                        .setAskedAt(seen.askedAt())
                        .setObservedAt(seen.observedAt())
                        .setCreatedAt(seen.createdAt())
                        .setUpdatedAt(seen.updatedAt())
                        .setStartedAt(seen.startedAt())
                        .setIdleSince(seen.idleSince())
                        .setIdleTimeoutMinutes(seen.idleTimeoutMinutes())
                        .build();
    }

    private static TrackedSession.@Nullable Seen fromAvro(@Nullable Seen avro) {
        return avro == null
                ? null
                : new TrackedSession.Seen(
                        avro.getRawState(),
                        askedAt(avro),
                        avro.getObservedAt(),
                        avro.getCreatedAt(),
                        avro.getUpdatedAt(),
                        avro.getStartedAt(),
                        avro.getIdleSince(),
                        avro.getIdleTimeoutMinutes());
    }

    private static Instant askedAt(Seen avro) {
        return avro.getAskedAt() == null ? avro.getObservedAt().minus(LONGEST_LOOKUP) : avro.getAskedAt();
    }
}
