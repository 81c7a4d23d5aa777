package io.sessionevents.health;

import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What AWS says about us in one source: whether it is reached at all, and takes our credentials and our clock. One log line per change,
 * not per call. Used by many threads.
 */
public final class AwsHealth implements AttemptListener {
    private static final Logger log = LoggerFactory.getLogger(AwsHealth.class);

    private static final String CHECK = "aws";

    /** One of several proxies may be ill: good answers between its own are no end of the trouble. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final String source;
    private final InstantSource clock;
    private @Nullable String trouble;
    private Instant notBefore = Instant.MIN;
    private @Nullable String lastFailure;

    /** @param source its name */
    public AwsHealth(String source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void attempted(Lookup outcome) {
        if (outcome instanceof Lookup.Unavailable(Trouble why, String message)) {
            switch (why) {
                case CREDENTIALS, CLOCK_SKEW -> troubled(message, Instant.MIN);
                case FOREIGN -> troubled(message, clock.instant().plus(QUIET));
                case TRANSIENT -> failed(message);
                case THROTTLED, CIRCUIT_OPEN, MALFORMED -> {}
            }
        } else {
            well();
        }
    }

    /** What is wrong and how to fix it; null if nothing is known to be. */
    public synchronized @Nullable String trouble() {
        return trouble;
    }

    /** Whether AWS answers us. */
    public synchronized Check check(SourceStatistics lookups) {
        if (trouble != null) {
            return new Check(Source.labelled(CHECK, source), false, trouble);
        }
        if (lookups.circuitOpen()) {
            return new Check(
                    Source.labelled(CHECK, source),
                    false,
                    "most recent calls failed (" + lastFailure + "): no call is made for some seconds");
        }
        return new Check(
                Source.labelled(CHECK, source),
                true,
                String.format(Locale.ROOT, "%.2f calls/s of a share of %.2f", lookups.rate(), lookups.share()));
    }

    /** @param until so long it counts although AWS answers */
    private synchronized void troubled(String message, Instant until) {
        if (trouble == null) {
            log.atError().addKeyValue("source", source).log("No session can be looked at: {}", message);
        }
        trouble = message;
        notBefore = until;
    }

    private synchronized void failed(String message) {
        lastFailure = message;
    }

    private synchronized void well() {
        if (trouble != null && !clock.instant().isBefore(notBefore)) {
            log.atInfo().addKeyValue("source", source).log("AWS takes the calls of this service again");
            trouble = null;
        }
    }
}
