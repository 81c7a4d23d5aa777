package io.sessionevents.emr;

import io.sessionevents.session.Lookup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one HTTP attempt came to.
 *
 * @param answered whether AWS answered at all
 * @param retry whether another attempt within seconds may go better
 * @param askedPause how long AWS asks to wait before it; null if it does not say
 */
record Attempt(
        Lookup outcome,
        boolean answered,
        boolean retry,
        @Nullable Duration askedPause) {

    /** AWS answered, and would not answer otherwise soon. */
    static Attempt answered(Lookup outcome) {
        return new Attempt(outcome, true, false, null);
    }

    /** AWS answered, and may answer otherwise soon. */
    static Attempt answeredForNow(Lookup outcome, @Nullable Duration askedPause) {
        return new Attempt(outcome, true, true, askedPause);
    }

    /** No call was made. */
    static Attempt notMade(Lookup outcome) {
        return new Attempt(outcome, false, false, null);
    }

    /** The call was made, or tried, and no answer came. */
    static Attempt unanswered(Lookup outcome) {
        return new Attempt(outcome, false, true, null);
    }

    /**
     * Whether it says that calls are in vain for now, whatever the session: AWS is out of order or not reached, or takes
     * neither our credentials nor our clock. A throttle is none: AWS is well and says so.
     */
    boolean outage() {
        return (retry && trouble(Lookup.Trouble.TRANSIENT))
                || trouble(Lookup.Trouble.FOREIGN)
                || trouble(Lookup.Trouble.CREDENTIALS)
                || trouble(Lookup.Trouble.CLOCK_SKEW);
    }

    boolean throttled() {
        return trouble(Lookup.Trouble.THROTTLED);
    }

    private boolean trouble(Lookup.Trouble trouble) {
        return outcome instanceof Lookup.Unavailable none && none.why() == trouble;
    }
}
