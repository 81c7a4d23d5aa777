package io.sessionevents.preflight;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.RemoteCall;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.calls.SweepSource;
import io.sessionevents.emr.EmrSource;
import io.sessionevents.emr.ListPermission;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Failure;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether AWS lets the sweeps of a source list what they need, by one attempt each. It can start in any case: sessions that are known
 * are looked up without sweeps too.
 *
 * @param known the source, as far as it is known; without a Region there is nobody to ask
 * @param version of this service, told to AWS
 */
public record SweepCheck(SourceSettings settings, Source known, String version, TimeSource time)
        implements PreflightCheck {
    private static final String SWEEPS = "sweeps";
    private static final String DISCOVERY = "discovery";

    /** Most likely nobody's: what AWS says of it tells whether it may be asked. */
    private static final String ANY_APPLICATION = "0000000000000000";

    @Override
    public List<CheckOutcome> outcomes() throws InterruptedException {
        if (settings.sweeps().listSessions() == 0 || known.region() == null) {
            return List.of();
        }
        List<CheckOutcome> outcomes = new ArrayList<>();
        var steady = SteadyClock.over(time.nanos(), time.wall());
        try (EmrSource source = EmrSource.of(settings.withoutRetries(), known, version, steady, time)) {
            SweepSource sweeps = source.sweeps(ListAttemptListener.NONE);
            outcomes.add(outcome(SWEEPS, ListPermission.LIST_SESSIONS, sessions(sweeps)));
            if (settings.discovery().all()) {
                outcomes.add(outcome(DISCOVERY, ListPermission.LIST_APPLICATIONS, applications(sweeps)));
            }
        }
        return outcomes;
    }

    private Optional<Failure> sessions(SweepSource sweeps) throws InterruptedException {
        var query = new ListingQuery(new ApplicationKey(settings.name(), application()), true, null, null);
        return switch (ask(
                sweeps.sessions(), sweeps.sessionBudget(), settings.sweeps().listSessions(), query)) {
            case Listing.Page _ -> Optional.empty();
            case Failure failure -> Optional.of(failure);
        };
    }

    /** A policy may allow those only that are discovered. */
    private String application() {
        Discovery discovery = settings.discovery();
        return discovery.applications().stream().sorted().findFirst().orElse(ANY_APPLICATION);
    }

    private Optional<Failure> applications(SweepSource sweeps) throws InterruptedException {
        return switch (ask(
                sweeps.applications(),
                sweeps.applicationBudget(),
                settings.sweeps().listApplications(),
                new ApplicationsQuery(null))) {
            case ApplicationListing.Page _ -> Optional.empty();
            case Failure failure -> Optional.of(failure);
        };
    }

    private static <Q, A> A ask(RemoteCall<Q, A> call, CallBudget budget, double rate, Q question)
            throws InterruptedException {
        budget.allow(rate);
        try (CallBudget.Permit permit = budget.acquire()) {
            return call.answer(question, permit);
        }
    }

    private CheckOutcome outcome(String what, ListPermission permission, Optional<Failure> failure) {
        String name = Source.labelled(what, settings.name());
        return failure.flatMap(why -> warning(permission, why))
                .map(warning -> CheckOutcome.of(name, warning))
                .orElseGet(() -> CheckOutcome.ok(name, "AWS allows " + permission.operation()));
    }

    /** What AWS does not know, or rejects, it would have told of to nobody who may not ask. */
    private Optional<Finding> warning(ListPermission permission, Failure why) {
        return switch (why) {
            case Lookup.NotFound() -> Optional.empty();
            case Lookup.Refused(Lookup.Refusal refusal, String message) ->
                switch (refusal) {
                    case ACCESS_DENIED -> Optional.of(Finding.warns(refused(permission, message), ""));
                    case VALIDATION -> Optional.empty();
                };
            case Lookup.Unavailable(Lookup.Trouble _, String message) ->
                Optional.of(Finding.warns(
                        "Whether AWS allows " + permission.operation() + " is not known: " + message + ".", ""));
        };
    }

    private String refused(ListPermission permission, String message) {
        String instead = switch (permission) {
            case LIST_SESSIONS -> ", or set " + settings.key("budget.list-sessions") + "=0 to do without sweeps";
            case LIST_APPLICATIONS -> ", or set " + settings.key("discover") + " to the ids of the applications";
        };
        return "AWS refuses " + permission.operation() + ": " + message + instead + ".";
    }
}
