package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.ClusterLeftovers;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Findings;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.NoDuplicates;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what consumers received with what really happened.
 *
 * @param disturbances when nothing could be looked at
 * @param until the end of the observation
 */
record Verifier(Testbed world, List<Interval> disturbances, Instant until) {

    /**
     * Judges.
     *
     * @param received by a consumer of committed events
     * @param uncommitted by one that sees everything
     * @param gracefulOnly whether nothing but graceful stops happened, so that even the latter may see nothing twice
     */
    Verdict judge(
            String name,
            int faults,
            List<Duration> recoveries,
            List<Watch.Received> received,
            List<Watch.Received> uncommitted,
            boolean gracefulOnly,
            List<String> problems,
            String remark)
            throws Exception {
        Truth truth = world.environment().emr().truth();
        List<String> all = new ArrayList<>(problems);
        if (gracefulOnly) {
            new NoDuplicates()
                            .violations(
                                    truth,
                                    uncommitted.stream()
                                            .map(Watch.Received::event)
                                            .toList())
                            .stream()
                            .map(violation -> "uncommitted reader: " + violation)
                            .forEach(all::add);
        }
        all.addAll(new ClusterLeftovers(world.environment().kafka().bootstrapServers()).problems());
        var evidence = new Evidence(
                truth,
                world.load().published(),
                received,
                world.environment().deadLetters(),
                world.load().poisoned(),
                disturbances,
                until,
                Evidence.Limits.OF_A_FLEET);
        Findings findings = evidence.judge(all::add);
        return new Verdict(
                name,
                faults,
                recoveries.stream().sorted().toList(),
                received.size(),
                evidence.observable(),
                findings,
                truth.mostRequestsInAnySecond(),
                all,
                remark);
    }
}
