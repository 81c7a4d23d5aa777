package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** After the event of a session's end comes no other. */
public record NothingAfterTerminal() implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Set<SessionKey> ended = new HashSet<>();
        List<String> violations = new ArrayList<>();
        for (ObservedChange event : events) {
            if (ended.contains(event.key())) {
                violations.add("after the end: " + event);
            }
            if (event.terminal()) {
                ended.add(event.key());
            }
        }
        return violations;
    }
}
