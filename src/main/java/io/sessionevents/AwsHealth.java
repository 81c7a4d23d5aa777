package io.sessionevents;

import io.sessionevents.emr.AttemptListener;
import io.sessionevents.http.Health.Check;
import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What AWS says about us: whether it takes our credentials and our clock. One log line per change, not per call. Used by
 * many threads.
 */
final class AwsHealth implements AttemptListener {
    private static final Logger log = LoggerFactory.getLogger(AwsHealth.class);

    private static final String CHECK = "aws";

    private @Nullable String trouble;

    @Override
    public void attempted(Lookup outcome) {
        if (outcome instanceof Lookup.Unavailable(Trouble why, String message)) {
            switch (why) {
                case CREDENTIALS, CLOCK_SKEW, FOREIGN -> changed(message);
                case THROTTLED, TRANSIENT, CIRCUIT_OPEN, MALFORMED -> {}
            }
        } else {
            changed(null);
        }
    }

    /** What is wrong and how to mend it; null if nothing is known to be. */
    synchronized @Nullable String trouble() {
        return trouble;
    }

    /**
     * Whether AWS answers us.
     *
     * @param calling false while the circuit is open
     * @param budget what is spent on calls
     */
    Check check(boolean calling, CallBudget budget) {
        String now = trouble();
        if (now != null) {
            return new Check(CHECK, false, now);
        }
        if (!calling) {
            return new Check(CHECK, false, "most recent calls failed: no call is made for some seconds");
        }
        return new Check(
                CHECK,
                true,
                String.format(Locale.ROOT, "%.2f calls/s of a share of %.2f", budget.callsPerSecond(), budget.share()));
    }

    private synchronized void changed(@Nullable String now) {
        if (now != null && trouble == null) {
            log.atError().log("AWS refuses this service: {}", now);
        } else if (now == null && trouble != null) {
            log.atInfo().log("AWS takes the calls of this service again");
        }
        trouble = now;
    }
}
