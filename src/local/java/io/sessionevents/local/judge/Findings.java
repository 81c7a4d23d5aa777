package io.sessionevents.local.judge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each promise was broken.
 *
 * @param lost states that AWS showed and that were not reported
 * @param duplicated events that came twice
 * @param outOfOrder events out of order, or with a gap in their sequence
 * @param invented events without a cause in their window, or after the end
 * @param late events that came many rounds of looks after the look that showed their state
 * @param starved sessions that waited for many rounds of looks at others
 * @param givenUp sessions that were given up though AWS never denied them
 * @param overBudget 1 if a second had more requests than the budget allows
 * @param unaccounted unreadable records without a dead letter, and dead letters without one
 */
public record Findings(
        int lost,
        int duplicated,
        int outOfOrder,
        int invented,
        int late,
        int starved,
        int givenUp,
        int overBudget,
        int unaccounted) {
    public static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The names of the promises that were broken. */
    public Set<String> broken() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("lost", lost);
        counts.put("duplicated", duplicated);
        counts.put("out of order", outOfOrder);
        counts.put("invented", invented);
        counts.put("late", late);
        counts.put("starved", starved);
        counts.put("given up", givenUp);
        counts.put("over budget", overBudget);
        counts.put("unaccounted", unaccounted);
        counts.values().removeIf(count -> count == 0);
        return counts.keySet();
    }

    /** These and more. */
    public Findings and(Findings more) {
        return new Findings(
                lost + more.lost,
                duplicated + more.duplicated,
                outOfOrder + more.outOfOrder,
                invented + more.invented,
                late + more.late,
                starved + more.starved,
                givenUp + more.givenUp,
                overBudget + more.overBudget,
                unaccounted + more.unaccounted);
    }
}
