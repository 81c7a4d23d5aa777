package io.sessionevents.preflight;

import io.sessionevents.emr.EmrSettings;
import io.sessionevents.emr.IamStatement;
import io.sessionevents.session.Lookup;
import java.util.List;
import java.util.Optional;

/**
 * Whether AWS lets this client look at a session.
 *
 * @param statement what a policy must hold for it
 * @param emr how the source of the session is reached
 * @param call makes one lookup of that session
 */
public record LookupCheck(IamStatement statement, EmrSettings emr, OneLookup call) implements PreflightCheck {
    private static final String NAME = "lookup";

    /** Makes one lookup. */
    @FunctionalInterface
    public interface OneLookup {
        Lookup make() throws InterruptedException;
    }

    @Override
    public List<CheckOutcome> outcomes() throws InterruptedException {
        Lookup lookup = call.make();
        return List.of(
                lookup instanceof Lookup.Found(var session, var _)
                        ? CheckOutcome.ok(NAME, "session " + statement.session() + " is " + session.state())
                        : CheckOutcome.of(NAME, trouble(lookup).orElseThrow()));
    }

    /** What is wrong with this lookup and how it is fixed; empty if it has found the session. */
    public Optional<Finding> trouble(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found _ -> Optional.empty();
            case Lookup.NotFound() ->
                Optional.of(Finding.stops(
                        "AWS does not know session " + statement.session() + " in " + statement.region() + ".",
                        "Check the two ids, " + emr.key("region") + " and whose account the credentials belong to."));
            case Lookup.Refused(Lookup.Refusal why, String message) -> Optional.of(refused(why, message));
            case Lookup.Unavailable(Lookup.Trouble why, String message) -> Optional.of(unavailable(why, message));
        };
    }

    private Finding refused(Lookup.Refusal why, String message) {
        return switch (why) {
            case ACCESS_DENIED ->
                Finding.stops(
                        "AWS refuses the lookup: " + message + ".",
                        "Add to the IAM policy of "
                                + (emr.role() == null
                                        ? "the service"
                                        : emr.role().arn()) + ": " + statement.json());
            case VALIDATION -> Finding.stops("AWS rejects the ids: " + message + ".", "Check the two ids.");
        };
    }

    private Finding unavailable(Lookup.Trouble why, String message) {
        String what = "The lookup failed: " + message + ".";
        return switch (why) {
            case CREDENTIALS ->
                Finding.stops(
                        what,
                        "Look which credentials are used (" + emr.key("profile")
                                + ", AWS_PROFILE, AWS_ACCESS_KEY_ID, the role of the"
                                + " host or pod); 'aws sts get-caller-identity' must succeed with the same ones.");
            case CLOCK_SKEW -> Finding.stops(what, "timedatectl set-ntp true");
            case THROTTLED, TRANSIENT, CIRCUIT_OPEN, FOREIGN, MALFORMED -> Finding.mayPass(what, "");
        };
    }
}
