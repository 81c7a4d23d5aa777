package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No event id, no sequence of a session, and no true state of a session appears twice. */
public record NoDuplicates() implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Set<String> seen = new HashSet<>();
        List<String> violations = new ArrayList<>();
        Matches.of(truth, events).values().stream().flatMap(List::stream).forEach(match -> {
            ObservedChange event = match.event();
            boolean newId = seen.add(event.eventId());
            boolean newSequence = seen.add(event.key() + "#" + event.sequence());
            boolean newState = !match.known() || seen.add(event.key() + "@" + match.phase());
            if (!newId || !newSequence || !newState) {
                violations.add("duplicate: " + event);
            }
        });
        return violations;
    }
}
