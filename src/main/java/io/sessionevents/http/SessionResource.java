package io.sessionevents.http;

import io.sessionevents.health.UnavailableException;
import io.sessionevents.http.Peers.Reply;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.FleetSessions.Owner;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

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
        FleetSessions sessions = fleet.get();
        Owner owner = sessions.owner(key);
        if (owner.self()) {
            TrackedSession kept = sessions.own(key);
            return kept == null ? unknown(key) : HttpAnswer.json(TrackedSessionJson.of(kept, sessions));
        }
        if (call.ownOnly()) {
            throw new UnavailableException(
                    "This instance, " + sessions.instance() + ", does not keep the session; " + owner.address()
                            + " does as far as is known here.",
                    AGAIN);
        }
        return passedOn(key, owner.address());
    }

    private HttpAnswer passedOn(SessionKey key, String address) throws InterruptedException {
        Reply reply = peers.ask(address, "/api/v1/sessions/" + key);
        if (reply == null) {
            throw new UnavailableException(
                    "The instance " + address + ", which keeps the session, does not answer.", AGAIN);
        }
        boolean asked = reply.body().path(TrackedSessionJson.KEY).asText().equals(key.toString());
        if (reply.status() == 200 && asked) {
            return HttpAnswer.json(reply.body());
        }
        if (reply.status() == 404 && reply.body().path("status").asInt() == 404) {
            return unknown(key);
        }
        throw new UnavailableException(
                "The instance " + address + " does not answer for the session (status " + reply.status() + ").", AGAIN);
    }

    private static SessionKey key(ApiRequest call) {
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
