package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A page of sessions.
 *
 * @param sessions sorted by key
 * @param more whether others follow
 */
record SessionPage(List<ObjectNode> sessions, boolean more) {
    static final SessionPage EMPTY = new SessionPage(List.of(), false);

    /** Gathers the first sessions of a selection, whatever their order; keeps one more than the limit at most. */
    static final class Gathering implements Consumer<TrackedSession> {
        private static final Comparator<TrackedSession> BY_KEY = Comparator.comparing(TrackedSession::key);

        private final SessionSelection selection;
        private final FleetSessions fleet;
        private final PriorityQueue<TrackedSession> lastFirst = new PriorityQueue<>(BY_KEY.reversed());

        Gathering(SessionSelection selection, FleetSessions fleet) {
            this.selection = selection;
            this.fleet = fleet;
        }

        @Override
        public void accept(TrackedSession session) {
            if (selection.takes(session, fleet)) {
                lastFirst.add(session);
                if (lastFirst.size() > selection.limit() + 1) {
                    lastFirst.remove();
                }
            }
        }

        SessionPage page() {
            List<ObjectNode> sessions = lastFirst.stream()
                    .sorted(BY_KEY)
                    .limit(selection.limit())
                    .map(session -> TrackedSessionJson.of(session, fleet))
                    .toList();
            return new SessionPage(sessions, lastFirst.size() > selection.limit());
        }
    }

    /** One page of several; of a session that two of them have, since it moves, the later one counts. */
    static SessionPage merged(List<SessionPage> pages, int limit) {
        var byKey = new TreeMap<String, ObjectNode>();
        pages.forEach(page -> page.sessions()
                .forEach(session ->
                        byKey.merge(session.path(TrackedSessionJson.KEY).asText(), session, SessionPage::later)));
        boolean more = byKey.size() > limit || pages.stream().anyMatch(SessionPage::more);
        return new SessionPage(byKey.values().stream().limit(limit).toList(), more);
    }

    /** The page in an answer of another instance. */
    static SessionPage read(JsonNode body) {
        List<ObjectNode> sessions = new ArrayList<>();
        for (JsonNode session : body.path("sessions")) {
            if (session instanceof ObjectNode object && hasKey(object)) {
                sessions.add(object);
            }
        }
        return new SessionPage(sessions, body.path("next").isTextual());
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
