package io.sessionevents.emr;

import io.sessionevents.session.Lookup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one HTTP attempt came to.
 *
 * @param retry whether another attempt within seconds may go better
 * @param askedPause how long AWS asks to wait before it; null if it does not say
 */
record Attempt(Lookup outcome, boolean retry, @Nullable Duration askedPause) {

    static Attempt last(Lookup outcome) {
        return new Attempt(outcome, false, null);
    }

    /** Whether it is a sign of an outage. A throttle is none: AWS is well and says so. */
    boolean outage() {
        return retry && outcome instanceof Lookup.Unavailable none && none.why() == Lookup.Trouble.TRANSIENT;
    }
}
