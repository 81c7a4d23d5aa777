package io.sessionevents.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.FleetSessions.Others;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The sessions of the whole fleet, page by page: each instance answers for its own, and the one that was asked merges. One
 * that does not answer is named, and the answer is what the others have.
 */
final class SessionsResource {
    static final String PATH = "/api/v1/sessions";

    /** A page may look through thousands of sessions, so only a few are made at once. */
    private static final int READING_AT_ONCE = 4;

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Supplier<FleetSessions> fleet;
    private final Peers peers;
    private final Semaphore reading = new Semaphore(READING_AT_ONCE);

    SessionsResource(Supplier<FleetSessions> fleet, Peers peers) {
        this.fleet = fleet;
        this.peers = peers;
    }

    HttpAnswer answer(ApiRequest call) throws InterruptedException {
        var selection = SessionSelection.of(call.query());
        FleetSessions sessions = fleet.get();
        return call.ownOnly()
                ? HttpAnswer.json(json(own(sessions, selection), selection, true))
                : ofAll(sessions, selection);
    }

    private HttpAnswer ofAll(FleetSessions sessions, SessionSelection selection) throws InterruptedException {
        Others others = sessions.others();
        List<SessionPage> pages = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        try {
            pages.add(own(sessions, selection));
        } catch (UnavailableException e) {
            incomplete.add(sessions.instance());
        }
        peers.ask(others.addresses(), PATH + "?" + selection.query()).forEach((address, reply) -> {
            if (reply != null
                    && reply.status() == 200
                    && reply.body().path("sessions").isArray()) {
                pages.add(SessionPage.read(reply.body(), selection.order()));
            } else {
                incomplete.add(address);
            }
        });
        ObjectNode json = json(
                SessionPage.merged(pages, selection.order(), selection.limit()).fitting(selection.order()),
                selection,
                false);
        ArrayNode silent = json.putArray("incomplete");
        incomplete.forEach(silent::add);
        ArrayNode unassigned = json.putArray("unassignedPartitions");
        others.unassigned().forEach(unassigned::add);
        return HttpAnswer.json(json);
    }

    private SessionPage own(FleetSessions sessions, SessionSelection selection) throws InterruptedException {
        if (!reading.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UnavailableException("Too many lists are asked for at once.", AGAIN);
        }
        try {
            return SessionPage.own(sessions, selection).fitting(selection.order());
        } finally {
            reading.release();
        }
    }

    private static ObjectNode json(SessionPage page, SessionSelection selection, boolean ownOnly) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("sessions");
        page.sessions().forEach(array::add);
        Place readTo = page.readTo();
        return json.put(
                "next",
                readTo == null
                        ? null
                        : PATH + "?" + selection.behind(readTo).query() + (ownOnly ? "&scope=local" : ""));
    }
}
