package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of sessions.
 *
 * @param sessions in the order that was asked for
 * @param readTo the next page begins behind this place; null if there is none. May lie behind the last session, because what follows it
 *     was looked through already
 */
record SessionPage(List<ObjectNode> sessions, @Nullable Place readTo) {
    /** Half of what one instance takes from another, and a quarter of what the command takes. */
    static final int LARGEST_BYTES = 4 * 1024 * 1024;

    static final SessionPage EMPTY = new SessionPage(List.of(), null);

    /** The next sessions of this instance. */
    static SessionPage own(FleetSessions fleet, SessionSelection selection) {
        return selection.inOrderOfKeys() ? sought(fleet, selection) : new FirstSessions(selection, fleet).page();
    }

    private static SessionPage sought(FleetSessions fleet, SessionSelection selection) {
        FleetSessions.Slice slice =
                fleet.own(selection.range(), session -> selection.takes(session, fleet), selection.limit());
        return new SessionPage(
                slice.sessions().stream()
                        .map(session -> TrackedSessionJson.of(session, fleet))
                        .toList(),
                slice.readTo() == null ? null : new Place(null, slice.readTo()));
    }

    /**
     * One page of several: as far as all of them have read. Of a session that two of them have, since it moves, the later one counts.
     */
    static SessionPage merged(List<SessionPage> pages, SessionOrder order, int limit) {
        Comparator<Place> places = order.places();
        Place readTo = pages.stream()
                .map(SessionPage::readTo)
                .filter(Objects::nonNull)
                .min(places)
                .orElse(null);
        Map<String, ObjectNode> byKey = new HashMap<>();
        pages.forEach(page -> page.sessions()
                .forEach(session ->
                        byKey.merge(session.path(TrackedSessionJson.KEY).asText(), session, SessionPage::later)));
        List<ObjectNode> read = byKey.values().stream()
                .filter(session -> readTo == null || places.compare(order.of(session), readTo) <= 0)
                .sorted(Comparator.comparing(order::of, places))
                .toList();
        return read.size() > limit
                ? new SessionPage(read.subList(0, limit), order.of(read.get(limit - 1)))
                : new SessionPage(read, readTo);
    }

    /** As many of them, but one at least, as an answer may hold: whoever publishes may give a session 128 KiB of labels. */
    SessionPage fitting(SessionOrder order) {
        long bytes = 0;
        for (int i = 0; i < sessions.size(); i++) {
            bytes += sessions.get(i).toString().getBytes(UTF_8).length;
            if (bytes > LARGEST_BYTES && i > 0) {
                return new SessionPage(sessions.subList(0, i), order.of(sessions.get(i - 1)));
            }
        }
        return this;
    }

    /** The page in an answer of another instance. */
    static SessionPage read(JsonNode body, SessionOrder order) {
        List<ObjectNode> sessions = new ArrayList<>();
        for (JsonNode session : body.path("sessions")) {
            if (session instanceof ObjectNode object && hasKey(object)) {
                sessions.add(object);
            }
        }
        return new SessionPage(sessions, readTo(body.path("next"), sessions, order));
    }

    private static @Nullable Place readTo(JsonNode next, List<ObjectNode> sessions, SessionOrder order) {
        if (!next.isTextual()) {
            return null;
        }
        try {
            String query = next.asText().substring(next.asText().indexOf('?') + 1);
            return Place.parse(Objects.requireNonNullElse(Query.parse(query).one(SessionSelection.AFTER), ""));
        } catch (BadRequestException | IllegalArgumentException e) {
            return sessions.isEmpty() ? null : order.of(sessions.getLast());
        }
    }

    private static boolean hasKey(ObjectNode session) {
        try {
            String key = session.path(TrackedSessionJson.KEY).asText();
            return SessionKey.parse(key).toString().equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ObjectNode later(ObjectNode one, ObjectNode other) {
        return one.path("sequence").asLong() >= other.path("sequence").asLong() ? one : other;
    }
}
