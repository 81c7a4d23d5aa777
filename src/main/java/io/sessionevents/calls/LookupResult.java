package io.sessionevents.calls;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.Moment;
import io.sessionevents.session.SessionKey;

/** One answered lookup on its way to the StreamThread. */
public record LookupResult(SessionKey key, Lookup outcome, Moment answeredAt) {}
