package io.sessionevents.health;

import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.health.Health.Check;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Lookup.Unavailable;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweepStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What AWS says about us in one source: whether it is reached at all, and takes our credentials and our clock. All calls have the same
 * credentials, so what one of them is told concerns the others; that somebody answers one of them in AWS's place does not. One log line
 * per change, not per call. Used by many threads.
 */
public final class AwsHealth implements AttemptListener, ListAttemptListener {
    private static final Logger log = LoggerFactory.getLogger(AwsHealth.class);

    private static final String CHECK = "aws";

    /** One of several proxies may be ill: good answers between its own are no end of the trouble. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** What is asked, and what cannot be done if that goes wrong. */
    private enum Call {
        LOOK("No session can be looked at: {}"),
        LIST_SESSIONS("No session can be listed: {}"),
        LIST_APPLICATIONS("No application can be listed: {}");

        private final String effect;

        Call(String effect) {
            this.effect = effect;
        }

        /** Whether it is made now and then: if not, no answer to it will end its trouble. */
        private boolean made(SourceStatistics lookups, @Nullable SweepStatus sweeps) {
            return switch (this) {
                case LOOK -> lookups.looking();
                case LIST_SESSIONS -> sweeps != null && !sweeps.applications().isEmpty();
                case LIST_APPLICATIONS -> sweeps != null;
            };
        }
    }

    private record Told(Unavailable what, Instant at) {}

    private final String source;
    private final InstantSource clock;
    private final Map<Call, Told> troubles = new EnumMap<>(Call.class);
    private @Nullable String lastFailure;

    /** @param source its name */
    public AwsHealth(String source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void attempted(Lookup outcome) {
        if (outcome instanceof Unavailable(Trouble why, String message) && why == Trouble.TRANSIENT) {
            failed(message);
        }
        take(Call.LOOK, outcome instanceof Unavailable none ? none : null);
    }

    @Override
    public void sessions(Listing outcome) {
        take(Call.LIST_SESSIONS, outcome instanceof Unavailable none ? none : null);
    }

    @Override
    public void applications(ApplicationListing outcome) {
        take(Call.LIST_APPLICATIONS, outcome instanceof Unavailable none ? none : null);
    }

    /** What is not permitted is an answer of AWS's all the same. */
    private void take(Call call, @Nullable Unavailable outcome) {
        if (outcome == null) {
            well(call);
            return;
        }
        switch (outcome.why()) {
            case CREDENTIALS, CLOCK_SKEW, FOREIGN -> troubled(call, new Told(outcome, clock.instant()));
            case TRANSIENT, THROTTLED, CIRCUIT_OPEN, MALFORMED -> {}
        }
    }

    /**
     * What is wrong and how to fix it, with calls that are made now and then; null if nothing is known to be.
     *
     * @param sweeps those that this process makes; null if it makes none
     */
    public synchronized @Nullable String trouble(SourceStatistics lookups, @Nullable SweepStatus sweeps) {
        return troubles.entrySet().stream()
                .filter(told -> told.getKey().made(lookups, sweeps))
                .map(told -> told.getValue().what().message())
                .findFirst()
                .orElse(null);
    }

    /** Whether AWS answers us; see {@link #trouble}. */
    public synchronized Check check(SourceStatistics lookups, @Nullable SweepStatus sweeps) {
        String trouble = trouble(lookups, sweeps);
        if (trouble != null) {
            return new Check(Source.labelled(CHECK, source), false, trouble);
        }
        if (lookups.looking() && lookups.circuitOpen()) {
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

    private synchronized void troubled(Call call, Told told) {
        if (troubles.put(call, told) == null) {
            log.atError()
                    .addKeyValue("source", source)
                    .log(call.effect, told.what().message());
        }
    }

    private synchronized void failed(String message) {
        lastFailure = message;
    }

    private synchronized void well(Call answered) {
        boolean any = troubles.entrySet().removeIf(told -> over(told.getKey(), told.getValue(), answered));
        if (any && troubles.isEmpty()) {
            log.atInfo().addKeyValue("source", source).log("AWS takes the calls of this service again");
        }
    }

    /** Whether that answer ends that trouble; that of another call does not at once, for it may be answered elsewhere. */
    private boolean over(Call call, Told told, Call answered) {
        boolean quiet = !clock.instant().isBefore(told.at().plus(QUIET));
        return told.what().why() == Trouble.FOREIGN ? call == answered && quiet : call == answered || quiet;
    }
}
