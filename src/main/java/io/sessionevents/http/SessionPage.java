package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of sessions.
 *
 * @param sessions sorted by key
 * @param readTo the next page begins behind this key; null if there is none. May lie behind the last session, because what follows it was
 *     looked through already
 */
record SessionPage(List<ObjectNode> sessions, @Nullable SessionKey readTo) {
    static final SessionPage EMPTY = new SessionPage(List.of(), null);

    /** The next sessions of this instance. */
    static SessionPage own(FleetSessions fleet, SessionSelection selection) {
        FleetSessions.Slice slice =
                fleet.own(selection.range(), session -> selection.takes(session, fleet), selection.limit());
        return new SessionPage(
                slice.sessions().stream()
                        .map(session -> TrackedSessionJson.of(session, fleet))
                        .toList(),
                slice.readTo());
    }

    /**
     * One page of several: as far as all of them have read. Of a session that two of them have, since it moves, the later one counts.
     */
    static SessionPage merged(List<SessionPage> pages, int limit) {
        SessionKey readTo = pages.stream()
                .map(SessionPage::readTo)
                .filter(Objects::nonNull)
                .min(SessionKey::compareTo)
                .orElse(null);
        var byKey = new TreeMap<SessionKey, ObjectNode>();
        pages.forEach(
                page -> page.sessions().forEach(session -> byKey.merge(key(session), session, SessionPage::later)));
        var read = readTo == null ? byKey : byKey.headMap(readTo, true);
        List<ObjectNode> sessions = read.values().stream().limit(limit).toList();
        return new SessionPage(sessions, read.size() > limit ? key(sessions.getLast()) : readTo);
    }

    /** The page in an answer of another instance. */
    static SessionPage read(JsonNode body) {
        List<ObjectNode> sessions = new ArrayList<>();
        for (JsonNode session : body.path("sessions")) {
            if (session instanceof ObjectNode object && hasKey(object)) {
                sessions.add(object);
            }
        }
        return new SessionPage(sessions, readTo(body.path("next"), sessions));
    }

    private static @Nullable SessionKey readTo(JsonNode next, List<ObjectNode> sessions) {
        if (!next.isTextual()) {
            return null;
        }
        try {
            String query = next.asText().substring(next.asText().indexOf('?') + 1);
            return SessionKey.parse(
                    Objects.requireNonNullElse(Query.parse(query).one(SessionSelection.AFTER), ""));
        } catch (BadRequestException | IllegalArgumentException e) {
            return sessions.isEmpty() ? null : key(sessions.getLast());
        }
    }

    private static boolean hasKey(ObjectNode session) {
        try {
            return key(session)
                    .toString()
                    .equals(session.path(TrackedSessionJson.KEY).asText());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SessionKey key(ObjectNode session) {
        return SessionKey.parse(session.path(TrackedSessionJson.KEY).asText());
    }

    private static ObjectNode later(ObjectNode one, ObjectNode other) {
        return one.path("sequence").asLong() >= other.path("sequence").asLong() ? one : other;
    }
}
