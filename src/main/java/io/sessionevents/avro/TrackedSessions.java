package io.sessionevents.avro;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.v1.Seen;
import org.jspecify.annotations.Nullable;

/** Between the domain and what the state store holds. */
final class TrackedSessions {
    private TrackedSessions() {}

    static io.sessionevents.v1.TrackedSession toAvro(TrackedSession session) {
        return io.sessionevents.v1.TrackedSession.newBuilder()
                .setApplicationId(session.key().applicationId())
                .setSessionId(session.key().sessionId())
                .setLabels(session.labels())
                .setFollowedAt(session.followedAt())
                .setStoppedAt(session.stoppedAt())
                .setSequence(session.sequence())
                .setSeen(toAvro(session.seen()))
                .build();
    }

    static TrackedSession fromAvro(io.sessionevents.v1.TrackedSession avro) {
        return new TrackedSession(
                new SessionKey(avro.getApplicationId(), avro.getSessionId()),
                avro.getLabels(),
                avro.getFollowedAt(),
                avro.getStoppedAt(),
                avro.getSequence(),
                fromAvro(avro.getSeen()));
    }

    private static @Nullable Seen toAvro(TrackedSession.@Nullable Seen seen) {
        return seen == null
                ? null
                : Seen.newBuilder()
                        .setRawState(seen.rawState())
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
                        avro.getObservedAt(),
                        avro.getCreatedAt(),
                        avro.getUpdatedAt(),
                        avro.getStartedAt(),
                        avro.getIdleSince(),
                        avro.getIdleTimeoutMinutes());
    }
}
