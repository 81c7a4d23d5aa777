/**
 * The domain: sessions, lookups, what is kept of a tracked session, and the two pure functions that everything else
 * feeds: {@link io.sessionevents.session.TransitionDetector} and {@link io.sessionevents.session.LookupSchedule}.
 * Knows nothing but {@code java.*}.
 */
@NullMarked
package io.sessionevents.session;

import org.jspecify.annotations.NullMarked;
