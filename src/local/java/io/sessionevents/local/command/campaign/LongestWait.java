package io.sessionevents.local.command.campaign;

import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long a session waited between two looks, in rounds: one look at each session that is never seen to end, and at each of the
 * others that was looked at meanwhile, which are over with their first look.
 *
 * @param good the sessions whose waits count
 * @param others those that are over with their first look
 * @param endless how many are never seen to end
 */
record LongestWait(Set<SessionKey> good, Set<SessionKey> others, int endless) {

    /**
     * Among all looks.
     *
     * @param looks so far
     * @param others sessions that were looked at so far and are over with that
     */
    private record Place(int looks, int others) {}

    double inRounds(List<Truth.Request> looks) {
        Map<SessionKey, Place> lastLook = new HashMap<>();
        Set<SessionKey> left = new HashSet<>(others);
        double longest = 0;
        var here = new Place(0, 0);
        for (Truth.Request look : looks) {
            boolean other = left.remove(look.key());
            here = new Place(here.looks() + 1, here.others() + (other ? 1 : 0));
            if (good.contains(look.key())) {
                Place before = lastLook.put(look.key(), here);
                longest = before == null ? longest : Math.max(longest, rounds(before, here));
            }
        }
        return longest;
    }

    private double rounds(Place before, Place here) {
        return (here.looks() - before.looks()) / (double) (endless + here.others() - before.others());
    }
}
