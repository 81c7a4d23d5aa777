package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of a session count 1, 2, 3 without gaps, each follows on the one before, and their order is the true one. */
public record InOrderPerSession() implements Guarantee {

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        List<String> violations = new ArrayList<>();
        Matches.of(truth, events).values().forEach(session -> judge(session, violations));
        return violations;
    }

    private static void judge(List<Matches.Match> session, List<String> violations) {
        @Nullable String before = null;
        int phase = -1;
        for (int i = 0; i < session.size(); i++) {
            ObservedChange event = session.get(i).event();
            if (event.sequence() != i + 1) {
                violations.add("sequence " + event.sequence() + ", expected " + (i + 1) + ": " + event);
            }
            if (!Objects.equals(before, event.previousState())) {
                violations.add("previous state " + event.previousState() + ", expected " + before + ": " + event);
            }
            if (session.get(i).known()) {
                if (session.get(i).phase() < phase) {
                    violations.add("out of order: " + event);
                }
                phase = session.get(i).phase();
            }
            before = event.state();
        }
    }
}
