package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is answered to ListSessions: one page. Safe for use by many threads. */
record SessionListing(Map<SessionKey, SimulatedSession> sessions) {
    private static final Pattern ALL = Pattern.compile("/applications/([^/]+)/sessions/?");
    private static final int PAGE = 50;

    Answer to(String path, Instant now) {
        Matcher all = ALL.matcher(path);
        if (!all.matches()) {
            return Answer.error(400, "ValidationException", "no such operation");
        }
        ObjectNode page = SimulatedSession.object();
        ArrayNode items = page.putArray("sessions");
        sessions.values().stream()
                .filter(session -> session.key().applicationId().equals(all.group(1)))
                .map(session -> session.at(now))
                .filter(Objects::nonNull)
                .limit(PAGE)
                .forEach(items::add);
        return Answer.json(page);
    }
}
