package io.sessionevents.tracking;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import java.time.Instant;

/**
 * One answered lookup on its way to the StreamThread.
 *
 * @param observedAt when it was answered
 */
record LookupResult(SessionKey key, Lookup outcome, Instant observedAt) {}
