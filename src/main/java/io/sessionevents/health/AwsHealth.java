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

    /**
     * One of several proxies may be ill: a good answer between its own is no end of the trouble, which would come and go with each.
     * It is over when AWS has answered since and that time has passed; a call that is made seldom need not be made again to show it.
     */
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

    /**
     * What was told last of one call.
     *
     * @param answered whether an answer since then says that it is over
     */
    private record Told(Unavailable what, Instant at, boolean answered) {
        Told answeredSince() {
            return new Told(what, at, true);
        }

        /** Of a way that other calls may not go; else of what all calls have in common. */
        boolean foreign() {
            return what.why() == Trouble.FOREIGN;
        }

        boolean quiet(Instant now) {
            return !now.isBefore(at.plus(QUIET));
        }

        boolean over(Instant now) {
            return answered && (!foreign() || quiet(now));
        }
    }

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
            case CREDENTIALS, CLOCK_SKEW, FOREIGN -> troubled(call, new Told(outcome, clock.instant(), false));
            case TRANSIENT, THROTTLED, CIRCUIT_OPEN, MALFORMED -> {}
        }
    }

    /**
     * What is wrong and how to fix it, with calls that are made now and then; null if nothing is known to be.
     *
     * @param sweeps those that this process makes; null if it makes none
     */
    public synchronized @Nullable String trouble(SourceStatistics lookups, @Nullable SweepStatus sweeps) {
        forgetWhatIsOver();
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
        forgetWhatIsOver();
        if (troubles.put(call, told) == null) {
            log.atError()
                    .addKeyValue("source", source)
                    .log(call.effect, told.what().message());
        }
    }

    private synchronized void failed(String message) {
        lastFailure = message;
    }

    /** The answer to another call says something only some time later, for it may have been given before. */
    private synchronized void well(Call answered) {
        Instant now = clock.instant();
        troubles.replaceAll(
                (call, told) -> call == answered || (!told.foreign() && told.quiet(now)) ? told.answeredSince() : told);
        forgetWhatIsOver();
    }

    private void forgetWhatIsOver() {
        Instant now = clock.instant();
        boolean any = troubles.values().removeIf(told -> told.over(now));
        if (any && troubles.isEmpty()) {
            log.atInfo().addKeyValue("source", source).log("AWS takes the calls of this service again");
        }
    }
}
