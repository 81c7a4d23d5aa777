package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Interval;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * One instance, trouble, and what is expected of it.
 *
 * @param sessions that it tracks
 * @param opening what is waited for before the trouble
 */
public record TroubleCampaign(int sessions, Opening opening, Trouble trouble, List<Expectation> expectations)
        implements Campaign {

    /** Waits until the instance is as it should be. */
    @FunctionalInterface
    public interface Opening {
        void await(OneInstance world, Run run) throws InterruptedException;
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        try (var world = OneInstance.start(sessions, run)) {
            opening.await(world, run);
            Instant from = trouble.happen(world);
            expectations.forEach(expectation -> expectation.during(world));
            trouble.end(world);
            var lasted = new Interval(from, Instant.now());
            for (Expectation expectation : expectations) {
                expectation.after(world, lasted);
            }
            Poll.pause(trouble.aftermath(world));
            return Result.of(expectations.stream()
                    .map(expectation -> expectation.row(world, lasted))
                    .toList());
        }
    }
}
