package io.sessionevents.avro;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sighting;
import io.sessionevents.v1.ApplicationRequest;
import io.sessionevents.v1.ApplicationRequestKind;
import io.sessionevents.v1.SessionRequest;
import io.sessionevents.v1.SessionRequestKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between the domain and what the internal topics of requests hold. */
final class Requests {
    private Requests() {}

    /** Null: stop. */
    static @Nullable SessionRequest toAvro(Request.OfSession request) {
        return switch (request) {
            case Request.Track(SessionKey key, Map<String, String> labels) ->
                session(key, SessionRequestKind.TRACK, labels, null);
            case Request.Discover(SessionKey key, Map<String, String> labels, Sighting sighting) ->
                session(key, SessionRequestKind.DISCOVER, labels, sighting);
            case Request.Wake(SessionKey key, Sighting sighting) ->
                session(key, SessionRequestKind.WAKE, Map.of(), sighting);
            case Request.Stop _ -> null;
        };
    }

    private static SessionRequest session(
            SessionKey key, SessionRequestKind kind, Map<String, String> labels, @Nullable Sighting sighting) {
        return SessionRequest.newBuilder()
                .setApplicationId(key.applicationId())
                .setSessionId(key.sessionId())
                .setLabels(labels)
                .setSource(SourceNames.toAvro(key.source()))
                .setKind(kind)
                .setRawState(sighting == null ? null : sighting.rawState())
                .setUpdatedAt(sighting == null ? null : sighting.updatedAt())
                .build();
    }

    static Request.OfSession fromAvro(SessionRequest avro) {
        var key = new SessionKey(SourceNames.fromAvro(avro.getSource()), avro.getApplicationId(), avro.getSessionId());
        Sighting sighting = avro.getRawState() == null || avro.getUpdatedAt() == null
                ? null
                : new Sighting(avro.getRawState(), avro.getUpdatedAt());
        return switch (avro.getKind()) {
            case TRACK -> new Request.Track(key, avro.getLabels());
            case WAKE, UNKNOWN -> new Request.Wake(key, sighting);
            case DISCOVER ->
                sighting == null
                        ? new Request.Track(key, avro.getLabels())
                        : new Request.Discover(key, avro.getLabels(), sighting);
        };
    }

    static ApplicationRequest toAvro(Request.OfApplication request) {
        return switch (request) {
            case Request.TrackApplication(ApplicationKey key, Map<String, String> labels) ->
                application(key, ApplicationRequestKind.TRACK, labels);
            case Request.StopApplication(ApplicationKey key) -> application(key, ApplicationRequestKind.STOP, Map.of());
            case Request.SweepApplication(ApplicationKey key) ->
                application(key, ApplicationRequestKind.SWEEP, Map.of());
        };
    }

    private static ApplicationRequest application(
            ApplicationKey key, ApplicationRequestKind kind, Map<String, String> labels) {
        return new ApplicationRequest(key.source(), key.applicationId(), kind, labels);
    }

    static Request.OfApplication fromAvro(ApplicationRequest avro) {
        var key = new ApplicationKey(avro.getSource(), avro.getApplicationId());
        return switch (avro.getKind()) {
            case TRACK -> new Request.TrackApplication(key, avro.getLabels());
            case STOP -> new Request.StopApplication(key);
            case SWEEP, UNKNOWN -> new Request.SweepApplication(key);
        };
    }
}
