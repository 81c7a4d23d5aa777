package io.sessionevents.http;

import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.TrackedSession;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Gathers the first sessions of a selection in another order than that of the stores. All of them have to be looked through for it; one
 * more than fits is kept at most.
 */
final class FirstSessions {
    private final SessionSelection selection;
    private final FleetSessions fleet;
    private final Comparator<Placed> order;
    private final PriorityQueue<Placed> lastFirst;

    private record Placed(Place place, TrackedSession session) {}

    FirstSessions(SessionSelection selection, FleetSessions fleet) {
        this.selection = selection;
        this.fleet = fleet;
        this.order = Comparator.comparing(Placed::place, selection.order().places());
        this.lastFirst = new PriorityQueue<>(order.reversed());
    }

    SessionPage page() {
        gather();
        var sessions = lastFirst.stream().sorted(order).limit(selection.limit()).toList();
        return new SessionPage(
                sessions.stream()
                        .map(placed -> TrackedSessionJson.of(placed.session(), fleet))
                        .toList(),
                lastFirst.size() > selection.limit() ? sessions.getLast().place() : null);
    }

    private void gather() {
        KeyRange range = selection.range();
        while (range != null) {
            FleetSessions.Slice slice =
                    fleet.own(range, session -> selection.takes(session, fleet), FleetSessions.MOST_READ);
            slice.sessions().forEach(this::keep);
            range = slice.readTo() == null ? null : range.behind(slice.readTo());
        }
    }

    private void keep(TrackedSession session) {
        lastFirst.add(new Placed(selection.order().of(session), session));
        if (lastFirst.size() > selection.limit() + 1) {
            lastFirst.remove();
        }
    }
}
