package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import java.nio.file.Path;
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

    /** Every instance in turn: SIGTERM, started again, ready. */
    public static final class RollingRestart implements Injector {
        private final Crowd crowd;
        private int stopped = -1;

        /** @param calls so many have to be in flight at every stop and start */
        public RollingRestart(int calls) {
            crowd = new Crowd(calls);
        }

        /** The last one is not started before the others have taken over. */
        @Override
        public Instant strike(Testbed world) throws Exception {
            Instant since = Instant.now();
            for (int number : world.fleet().numbers()) {
                if (stopped >= 0) {
                    heal(world);
                }
                crowd.await(world);
                since = Instant.now();
                world.fleet().terminate(number);
                stopped = number;
            }
            return since;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            crowd.await(world);
            world.fleet().start(stopped);
            world.fleet().awaitReady(stopped);
            stopped = -1;
        }

        @Override
        public boolean gracefulOnly() {
            return true;
        }

        @Override
        public String remark() {
            return crowd.remark();
        }
    }

    /** As a rolling restart, from one distribution to another; the state stays. */
    public static final class Upgrade implements Injector {
        private final Path next;
        private final RollingRestart restart = new RollingRestart(0);

        public Upgrade(Path next) {
            this.next = next;
        }

        @Override
        public Instant strike(Testbed world) throws Exception {
            Path previous = world.fleet().home();
            if (previous.equals(next)) {
                throw new IllegalStateException("the previous distribution is this one: " + next);
            }
            world.fleet().use(next);
            return restart.strike(world);
        }

        @Override
        public void heal(Testbed world) throws Exception {
            restart.heal(world);
            for (int number : world.fleet().numbers()) {
                world.fleet().requireFrom(number, next);
            }
        }

        @Override
        public boolean gracefulOnly() {
            return true;
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

    /** Two more instances come, and go again: four rebalances. */
    public static final class Resize implements Injector {
        private static final int FIRST = 10;
        private final Crowd crowd;

        /** @param calls so many have to be in flight at every coming and going */
        public Resize(int calls) {
            crowd = new Crowd(calls);
        }

        @Override
        public Instant strike(Testbed world) throws Exception {
            for (int more = FIRST; more < FIRST + 2; more++) {
                crowd.await(world);
                world.fleet().start(more);
                world.fleet().awaitReady(more);
            }
            Instant last = Instant.now();
            for (int more = FIRST; more < FIRST + 2; more++) {
                crowd.await(world);
                last = Instant.now();
                world.fleet().terminate(more);
            }
            return last;
        }

        @Override
        public boolean gracefulOnly() {
            return true;
        }

        @Override
        public String remark() {
            return crowd.remark();
        }
    }

    /** Waits for so many calls in flight, and keeps count. */
    private static final class Crowd {
        private final int wanted;
        private int changes;
        private int fewest = Integer.MAX_VALUE;

        Crowd(int wanted) {
            this.wanted = wanted;
        }

        void await(Testbed world) throws Exception {
            Poll.await(
                    wanted + " calls in flight", () -> world.environment().emr().inFlight() >= wanted);
            fewest = Math.min(fewest, world.environment().emr().inFlight());
            changes++;
        }

        String remark() {
            return wanted == 0
                    ? ""
                    : "%d instances came or went, at least %d calls in flight each time".formatted(changes, fewest);
        }
    }

    /** Not always at the same point of what goes on. */
    private static void pauseAtRandom(Testbed world) throws InterruptedException {
        Poll.pause(Duration.ofMillis(world.random().nextInt(1_000)));
    }
}
