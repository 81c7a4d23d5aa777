package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Set;

/**
 * Every call to an account is signed with credentials of that account, in its Region, before they expire. A call with those of
 * another account looks for the session there, and whoever takes the answer for the truth gives up a session that lives.
 */
public record OwnCredentials() implements Guarantee {
    private static final Set<Fault> STRANGE =
            Set.of(Fault.UNKNOWN_CREDENTIALS, Fault.OUTLIVED_CREDENTIALS, Fault.WRONG_SIGNATURE);

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return truth.requests().stream()
                .filter(request -> STRANGE.contains(request.fault()))
                .map(request -> "called with %s: %s".formatted(request.fault(), request))
                .toList();
    }
}
