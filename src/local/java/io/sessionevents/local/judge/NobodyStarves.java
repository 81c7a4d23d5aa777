package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No session waits while others are looked at again and again: a wait is counted in rounds of looks that were really made. One
 * that was answered with trouble, or too late for its client, may wait longer, for it backs off.
 *
 * @param rounds that a session may wait for its next look
 * @param roundsToFirst that may pass between its publication and its first look
 * @param published the sessions that the service was asked to track, with the time when it was
 * @param until the end of the observation
 * @param disturbances when a part of the sessions could not be looked at, whatever the service did
 */
public record NobodyStarves(
        double rounds,
        double roundsToFirst,
        Map<SessionKey, Instant> published,
        Instant until,
        List<Interval> disturbances)
        implements Guarantee {

    public NobodyStarves {
        published = Map.copyOf(published);
        disturbances = List.copyOf(disturbances);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        var made = new Rounds(truth, published);
        Map<SessionKey, List<Truth.Request>> looks = truth.requests().stream()
                .collect(Collectors.groupingBy(Truth.Request::key, HashMap::new, Collectors.toList()));
        List<String> violations = new ArrayList<>();
        published.forEach((key, since) -> judge(
                truth.sessions().getOrDefault(key, List.of()),
                key,
                since,
                looks.getOrDefault(key, List.of()),
                made,
                violations));
        return violations;
    }

    private void judge(
            List<Phase> life,
            SessionKey key,
            Instant since,
            List<Truth.Request> looks,
            Rounds made,
            List<String> violations) {
        Instant from = since;
        Truth.@Nullable Request before = null;
        for (Truth.Request look : looks) {
            check(key, before, from, look.at(), made, violations);
            if (look.phase() >= 0 && life.get(look.phase()).terminal()) {
                return;
            }
            before = look;
            from = look.at();
        }
        check(key, before, from, until, made, violations);
    }

    private void check(
            SessionKey key,
            Truth.@Nullable Request before,
            Instant from,
            Instant to,
            Rounds made,
            List<String> violations) {
        if ((before != null && (!before.honest() || before.answered() == null)) || !from.isBefore(to)) {
            return;
        }
        double allowed = before == null ? roundsToFirst : rounds;
        for (Interval calm : new Interval(from, to).without(disturbances)) {
            double waited = made.within(calm);
            if (waited > allowed) {
                violations.add("starved: %s waited %.1f rounds of looks %s, allowed %.1f: %s"
                        .formatted(
                                key, waited, before == null ? "for its first one" : "for the next one", allowed, calm));
            }
        }
    }
}
