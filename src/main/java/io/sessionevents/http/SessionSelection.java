package io.sessionevents.http;

import io.sessionevents.http.SessionOrder.Place;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.KeyRange;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.Source;
import io.sessionevents.session.TrackedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are asked for, and in which order; pages follow each other in it.
 *
 * @param source null for any
 * @param applicationId null for any
 * @param states none for any; a session that was never seen has none
 * @param status null for any
 * @param after how far the page before has read; null for the first page
 * @param limit longest page
 */
record SessionSelection(
        @Nullable String source,
        @Nullable String applicationId,
        Set<SessionState> states,
        @Nullable SessionStatus status,
        SessionOrder order,
        @Nullable Place after,
        int limit) {
    static final int MOST = 500;
    private static final int USUAL = 100;
    static final String SOURCE = "source";
    static final String APPLICATION = "applicationId";
    static final String STATE = "state";
    static final String STATUS = "status";
    static final String SORT = "sort";
    static final String AFTER = "after";
    private static final String LIMIT = "limit";

    SessionSelection {
        states = Set.copyOf(states);
    }

    /**
     * Reads the parameters.
     *
     * @throws BadRequestException if there is anything wrong with them; it names what was expected
     */
    static SessionSelection of(Query query) {
        query.expect(List.of(SOURCE, APPLICATION, STATE, STATUS, SORT, LIMIT, AFTER, ApiRequest.SCOPE));
        String status = query.one(STATUS);
        String sort = query.one(SORT);
        return new SessionSelection(
                source(query.one(SOURCE)),
                application(query.one(APPLICATION)),
                query.all(STATE).stream().map(SessionSelection::state).collect(Collectors.toSet()),
                status == null ? null : SessionStatus.parse(status),
                sort == null ? SessionOrder.USUAL : SessionOrder.parse(sort),
                place(query.one(AFTER)),
                limit(query.one(LIMIT)));
    }

    boolean takes(TrackedSession session, FleetSessions fleet) {
        return (source == null || source.equals(session.key().source()))
                && (applicationId == null || applicationId.equals(session.key().applicationId()))
                && (states.isEmpty()
                        || (session.seen() != null
                                && states.contains(session.seen().state())))
                && (status == null || status == SessionStatus.of(session, fleet::reads))
                && (after == null || order.places().compare(order.of(session), after) > 0);
    }

    /**
     * Where they are: an application is found at once if its source is said, and pages in the order of the keys go on where the one before
     * has ended; whatever else is asked for looks through all.
     */
    KeyRange range() {
        return new KeyRange(
                after != null && inOrderOfKeys() ? after.key() : null,
                source == null || applicationId == null ? null : new ApplicationKey(source, applicationId));
    }

    /** Whether it follows the order of the stores. */
    boolean inOrderOfKeys() {
        return order.equals(SessionOrder.USUAL);
    }

    /** The page behind that place. */
    SessionSelection behind(Place last) {
        return new SessionSelection(source, applicationId, states, status, order, last, limit);
    }

    /** As a query, without question mark; read again it gives the same selection. */
    String query() {
        List<String> parameters = new ArrayList<>();
        if (source != null) {
            parameters.add(Query.encoded(SOURCE, source));
        }
        if (applicationId != null) {
            parameters.add(Query.encoded(APPLICATION, applicationId));
        }
        if (!states.isEmpty()) {
            EnumSet.copyOf(states).forEach(state -> parameters.add(Query.encoded(STATE, state.name())));
        }
        if (status != null) {
            parameters.add(Query.encoded(STATUS, status.text()));
        }
        if (!inOrderOfKeys()) {
            parameters.add(Query.encoded(SORT, order.text()));
        }
        parameters.add(Query.encoded(LIMIT, Integer.toString(limit)));
        if (after != null) {
            parameters.add(Query.encoded(AFTER, after.toString()));
        }
        return String.join("&", parameters);
    }

    private static @Nullable String source(@Nullable String text) {
        try {
            return text == null ? null : Source.name(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage() + ".");
        }
    }

    private static @Nullable String application(@Nullable String text) {
        try {
            return text == null ? null : new SessionKey(text, "any").applicationId();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage() + ".");
        }
    }

    private static @Nullable Place place(@Nullable String text) {
        try {
            return text == null ? null : Place.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("The parameter after: " + e.getMessage() + ".");
        }
    }

    private static SessionState state(String text) {
        return Arrays.stream(SessionState.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("The state is " + Query.quote(text) + ", expected one of "
                        + Arrays.stream(SessionState.values()).map(Enum::name).collect(Collectors.joining(", "))
                        + "."));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException(
                "The limit is " + Query.quote(text) + ", expected a number from 1 to " + MOST + ".");
    }
}
