package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.http.Peers.Reply;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.FleetSessions.Owner;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One session, wherever it is kept. */
final class SessionResource {
    static final String PATTERN = "/api/v1/sessions/{applicationId}/{sessionId}";
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Supplier<FleetSessions> fleet;
    private final Peers peers;

    SessionResource(Supplier<FleetSessions> fleet, Peers peers) {
        this.fleet = fleet;
        this.peers = peers;
    }

    HttpAnswer answer(ApiRequest call) throws InterruptedException {
        SessionKey key = key(call);
        call.query().expect(List.of(ApiRequest.SCOPE));
        JsonNode found = find(key, call.ownOnly());
        return found == null ? unknown(key) : HttpAnswer.json(found);
    }

    /**
     * The session, wherever it is kept; null if it is not known.
     *
     * @param ownOnly whether to ask no other instance
     */
    @Nullable
    JsonNode find(SessionKey key, boolean ownOnly) throws InterruptedException {
        FleetSessions sessions = fleet.get();
        Owner owner = sessions.owner(key);
        if (owner.self()) {
            TrackedSession kept = sessions.own(key);
            return kept == null ? null : TrackedSessionJson.of(kept, sessions);
        }
        if (ownOnly) {
            throw new UnavailableException(
                    "This instance, " + sessions.instance() + ", does not keep the session; " + owner.address()
                            + " does as far as is known here.",
                    AGAIN);
        }
        return passedOn(key, owner.address());
    }

    private @Nullable JsonNode passedOn(SessionKey key, String address) throws InterruptedException {
        Reply reply = peers.ask(address, "/api/v1/sessions/" + key);
        if (reply == null) {
            throw new UnavailableException(
                    "The instance " + address + ", which keeps the session, does not answer.", AGAIN);
        }
        boolean asked = reply.body().path(TrackedSessionJson.KEY).asText().equals(key.toString());
        if (reply.status() == 200 && asked) {
            return reply.body();
        }
        if (reply.status() == 404 && reply.body().path("status").asInt() == 404) {
            return null;
        }
        throw new UnavailableException(
                "The instance " + address + " does not answer for the session (status " + reply.status() + ").", AGAIN);
    }

    /** @throws BadRequestException if the path names no session */
    static SessionKey key(ApiRequest call) {
        try {
            return SessionKey.parse(call.part("applicationId") + "/" + call.part("sessionId"));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage() + ".");
        }
    }

    private static HttpAnswer unknown(SessionKey key) {
        return HttpAnswer.notFound(
                "The session " + key + " is not known: it was never published, or is forgotten by now.");
    }
}
