package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Set;

/**
 * No session is given up that AWS itself has not denied: a page of a proxy, an error without AWS's code and silence say nothing
 * about a session.
 *
 * @param givenUp the sessions of which a dead letter says that they are lost
 */
public record NoneGivenUp(Set<SessionKey> givenUp) implements Guarantee {

    public NoneGivenUp {
        givenUp = Set.copyOf(givenUp);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return givenUp.stream()
                .filter(key -> truth.sessions().containsKey(key))
                .filter(key -> truth.requests().stream()
                        .noneMatch(look -> look.key().equals(key) && look.fault() == Fault.VANISHED))
                .map(key -> "given up, though AWS never denied it: " + key)
                .toList();
    }
}
