package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What can happen to instances of the service. */
public final class InstanceFaults {
    private static final int TWO = 2;

    private InstanceFaults() {}

    /** SIGKILL; started again only when the others have taken over. */
    public static final class Kill implements Injector {
        private int victim;

        @Override
        public Instant strike(Testbed world) throws Exception {
            pauseAtRandom(world);
            victim = world.anyInstance();
            Instant now = Instant.now();
            world.fleet().kill(victim);
            return now;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            world.fleet().start(victim);
            world.fleet().awaitReady(victim);
        }
    }

    /** SIGKILL of two of three at the same time, and started again at once. */
    public static final class KillAndRestart implements Injector {
        @Override
        public Instant strike(Testbed world) throws Exception {
            pauseAtRandom(world);
            List<Integer> victims = world.someInstances(TWO);
            Instant now = Instant.now();
            for (int victim : victims) {
                world.fleet().kill(victim);
            }
            for (int victim : victims) {
                world.fleet().start(victim);
            }
            return now;
        }

        @Override
        public int faultsPerStrike() {
            return TWO;
        }
    }

    /** SIGSTOP of some until their tasks have moved and their transactions have timed out; then SIGCONT. */
    public static final class Freeze implements Injector {
        private final int count;
        private final Duration frozen;
        private List<Integer> victims = List.of();
        private Instant since = Instant.EPOCH;

        /**
         * Freezes.
         *
         * @param count how many at the same time
         * @param frozen at least, longer than the session time-out of 20 s and the transaction time-out of 30 s
         */
        public Freeze(int count, Duration frozen) {
            this.count = count;
            this.frozen = frozen;
        }

        @Override
        public Instant strike(Testbed world) throws Exception {
            pauseAtRandom(world);
            victims = world.someInstances(count);
            since = Instant.now();
            for (int victim : victims) {
                world.fleet().process(victim).freeze();
            }
            return since;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            Duration left = Duration.between(Instant.now(), since.plus(frozen));
            if (left.isPositive()) {
                Poll.pause(left);
            }
            Poll.await(
                    "the group without the frozen instances",
                    () -> members(world) == world.fleet().numbers().size() - count);
            for (int victim : victims) {
                world.fleet().process(victim).thaw();
            }
            Poll.await(
                    "the woken instances back in their group",
                    () -> members(world) == world.fleet().numbers().size());
        }

        @Override
        public int faultsPerStrike() {
            return count;
        }

        private static int members(Testbed world) throws Exception {
            String group = "session-events";
            try (Admin admin = Admin.create(
                    Map.of("bootstrap.servers", world.environment().kafka().bootstrapServers()))) {
                return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                        .mapToInt(description -> description.members().size())
                        .sum();
            }
        }
    }

    /** Not always at the same point of what goes on. */
    private static void pauseAtRandom(Testbed world) throws InterruptedException {
        Poll.pause(Duration.ofMillis(world.random().nextInt(1_000)));
    }
}
