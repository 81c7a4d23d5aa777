package io.sessionevents.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the topics hold of sessions. Asked by many threads, none of them a StreamThread; an answer takes a few seconds at most. */
public interface SessionHistories {

    /**
     * What the topics hold of that session, a few seconds old at most. Throws {@code UnavailableException} if it cannot be read now:
     * too many read at once, Kafka or the registry does not answer, or this instance may not read the topics.
     *
     * @param since when the session began, if that is known: what was written long before is not read
     */
    SessionHistory of(SessionKey key, @Nullable Instant since) throws InterruptedException;
}
