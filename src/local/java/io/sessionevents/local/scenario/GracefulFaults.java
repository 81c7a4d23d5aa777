package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import java.nio.file.Path;
import java.time.Instant;

/** Instances that come and go as they are asked to. */
public final class GracefulFaults {
    private GracefulFaults() {}

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
}
