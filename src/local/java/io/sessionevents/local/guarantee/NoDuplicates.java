package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No event id, and no sequence of a session, appears twice. */
public record NoDuplicates() implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Set<String> seen = new HashSet<>();
        List<String> violations = new ArrayList<>();
        for (ObservedChange event : events) {
            boolean newId = seen.add(event.eventId());
            boolean newSequence = seen.add(event.key() + "#" + event.sequence());
            if (!newId || !newSequence) {
                violations.add("duplicate: " + event);
            }
        }
        return violations;
    }
}
