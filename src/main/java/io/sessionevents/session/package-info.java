/**
 * The domain: sessions, lookups, what is kept of a tracked session, and the pure functions that everything else
 * feeds, such as {@link io.sessionevents.session.TransitionDetector} and {@link io.sessionevents.session.SettlementDetector}.
 * Knows nothing but {@code java.*}.
 */
@NullMarked
package io.sessionevents.session;

import org.jspecify.annotations.NullMarked;
