package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * True states that were over before anybody reported them, and so never will be.
 *
 * @param states that were over, reported or not
 * @param missed of them
 */
public record MissedStates(int states, int missed) {

    /**
     * Of the states that began within a time.
     *
     * @param until the end of the observation; what is not over by then is not counted
     */
    public static MissedStates of(Truth truth, List<ObservedChange> events, Interval time, Instant until) {
        Map<?, Set<Integer>> reported = Matches.phases(truth, events);
        int states = 0;
        int missed = 0;
        for (var session : truth.sessions().entrySet()) {
            List<Phase> life = session.getValue();
            Set<Integer> told = reported.getOrDefault(session.getKey(), Set.of());
            for (int i = 0; i + 1 < life.size() && life.get(i + 1).from().isBefore(until); i++) {
                if (time.contains(life.get(i).from())) {
                    states++;
                    missed += told.contains(i) ? 0 : 1;
                }
            }
        }
        return new MissedStates(states, missed);
    }

    /** 0 if there was nothing to miss. */
    public double share() {
        return states == 0 ? 0 : (double) missed / states;
    }

    /** By what the share may be off by chance. */
    public double standardError() {
        return states == 0 ? 0 : Math.sqrt(share() * (1 - share()) / states);
    }
}
