package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the topics hold of one session, read by the instance that is asked, whoever keeps the session. */
final class HistoryResource {
    static final String PATTERN = SessionResource.PATTERN + "/history";

    /** For clocks that differ, and for what was written before the session was tracked a second time. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final SessionHistories histories;
    private final SessionResource sessions;

    HistoryResource(SessionHistories histories, SessionResource sessions) {
        this.histories = histories;
        this.sessions = sessions;
    }

    HttpAnswer answer(ApiRequest call) throws InterruptedException {
        SessionKey key = SessionResource.key(call);
        call.query().expect(List.of(ApiRequest.SCOPE));
        JsonNode kept;
        try {
            kept = sessions.find(key, call.ownOnly());
        } catch (UnavailableException e) {
            // Nobody can say when it began, so everything is read; but if that is nothing, it may be known all the
            // same.
            SessionHistory history = histories.of(key, null);
            if (history.unknown()) {
                throw e;
            }
            return HttpAnswer.json(HistoryJson.of(history));
        }
        SessionHistory history = histories.of(key, kept == null ? null : since(kept));
        return kept == null && history.unknown()
                ? HttpAnswer.notFound("Nothing is known of the session " + key
                        + ": it was never published, or its events are deleted by now.")
                : HttpAnswer.json(HistoryJson.of(history));
    }

    /** Before anything can have been written of it: no session is seen before AWS has created it. Null if that is not known. */
    private static @Nullable Instant since(JsonNode kept) {
        String createdAt = kept.path("createdAt").asText("");
        String trackedAt = kept.path("trackedAt").asText("");
        try {
            return Stream.of(createdAt, trackedAt)
                    .map(Instant::parse)
                    .min(Instant::compareTo)
                    .orElseThrow()
                    .minus(MARGIN);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
