package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * A page of sessions.
 *
 * @param sessions in the order that was asked for
 * @param more whether others follow
 */
record SessionPage(List<ObjectNode> sessions, boolean more) {
    static final SessionPage EMPTY = new SessionPage(List.of(), false);

    /** Gathers the first sessions of a selection, whatever their order; keeps one more than the limit at most. */
    static final class Gathering implements Consumer<TrackedSession> {
        private final SessionSelection selection;
        private final FleetSessions fleet;
        private final Comparator<Placed> order;
        private final PriorityQueue<Placed> lastFirst;

        private record Placed(Place place, TrackedSession session) {}

        Gathering(SessionSelection selection, FleetSessions fleet) {
            this.selection = selection;
            this.fleet = fleet;
            this.order = Comparator.comparing(Placed::place, selection.order().places());
            this.lastFirst = new PriorityQueue<>(order.reversed());
        }

        @Override
        public void accept(TrackedSession session) {
            if (selection.takes(session, fleet)) {
                lastFirst.add(new Placed(selection.order().of(session), session));
                if (lastFirst.size() > selection.limit() + 1) {
                    lastFirst.remove();
                }
            }
        }

        SessionPage page() {
            List<ObjectNode> sessions = lastFirst.stream()
                    .sorted(order)
                    .limit(selection.limit())
                    .map(placed -> TrackedSessionJson.of(placed.session(), fleet))
                    .toList();
            return new SessionPage(sessions, lastFirst.size() > selection.limit());
        }
    }

    /** One page of several; of a session that two of them have, since it moves, the later one counts. */
    static SessionPage merged(List<SessionPage> pages, SessionOrder order, int limit) {
        var byKey = new HashMap<String, ObjectNode>();
        pages.forEach(page -> page.sessions()
                .forEach(session ->
                        byKey.merge(session.path(TrackedSessionJson.KEY).asText(), session, SessionPage::later)));
        boolean more = byKey.size() > limit || pages.stream().anyMatch(SessionPage::more);
        Comparator<ObjectNode> ordered = Comparator.comparing(order::of, order.places());
        return new SessionPage(
                byKey.values().stream().sorted(ordered).limit(limit).toList(), more);
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
