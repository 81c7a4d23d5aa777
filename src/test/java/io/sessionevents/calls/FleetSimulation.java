package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The real budgets of a fleet in virtual time, with demand without end: threads that are late, clocks and a network within what the
 * pace allows, and partitions that move. Counts what arrives, as AWS does.
 */
final class FleetSimulation {
    static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 1_800_000_000L * SECOND;

    private final AtomicLong now = new AtomicLong(BEGIN);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final List<Member> processes = new ArrayList<>();
    private final List<Truth.Request> arrived = new ArrayList<>();
    private final World world;
    private final Random random;
    private final int[] owners;
    private long waited;
    private double dialled;
    private long longestDial;
    private long sent;

    /** How a member paces its calls. */
    enum Pacing {
        /** By the places of its partitions. */
        PLACES,
        /** Evenly, at its share, and by itself: the budget is kept by each, and not by all together. */
        EACH_BY_ITSELF
    }

    /**
     * A fleet.
     *
     * @param clocks how far the clocks of two processes are apart at most, in nanoseconds
     */
    record World(double rate, int partitions, int processes, long clocks, Pacing pacing, long seed) {
        /** Clocks that are apart as far as may be, if the network takes as much. */
        static World of(double rate, int partitions, int processes, long seed) {
            return new World(rate, partitions, processes, apart(rate) / 2, Pacing.PLACES, seed);
        }

        World with(Pacing otherPacing) {
            return new World(rate, partitions, processes, clocks, otherPacing, seed);
        }

        World withClocks(long apart) {
            return new World(rate, partitions, processes, apart, pacing, seed);
        }
    }

    private static long apart(double rate) {
        return Places.none(rate, 1).apart();
    }

    private record Event(long at, Runnable action) {}

    FleetSimulation(World world) {
        this.world = world;
        this.random = new Random(world.seed());
        this.owners = IntStream.range(0, world.partitions())
                .map(partition -> partition % world.processes())
                .toArray();
        for (int i = 0; i < world.processes(); i++) {
            processes.add(new Member(i));
        }
        processes.forEach(member -> {
            member.own();
            at(random.nextLong(SECOND), member::ask);
        });
    }

    /** Runs for that many nanoseconds more. */
    FleetSimulation run(long nanos) {
        long end = now.get() + nanos;
        at(nanos, () -> {});
        while (now.get() < end) {
            Event next = events.remove();
            now.set(Math.max(now.get(), next.at()));
            next.action().run();
        }
        return this;
    }

    /** Moves partitions all the time: one, or as many as a join or a leave does. */
    FleetSimulation moving(long meanNanos) {
        at((long) (random.nextExponential() * meanNanos), () -> {
            int count = random.nextInt(4) == 0 ? world.partitions() : 1;
            random.ints(count, 0, world.partitions()).forEach(this::move);
            moving(meanNanos);
        });
        return this;
    }

    private void move(int partition) {
        Member to = processes.get(random.nextInt(world.processes()));
        Member from = owners[partition] < 0 ? to : processes.get(owners[partition]);
        owners[partition] = -1;
        from.own();
        at(random.nextLong(SECOND / 100), () -> {
            owners[partition] = owners[partition] < 0 ? to.number : owners[partition];
            processes.get(owners[partition]).own();
        });
    }

    /** Freezes a member now and then, for less than the session time-out. */
    FleetSimulation freezing(long meanNanos) {
        at((long) (random.nextExponential() * meanNanos), () -> {
            processes.get(random.nextInt(world.processes())).frozenUntil = now.get() + random.nextLong(18 * SECOND);
            freezing(meanNanos);
        });
        return this;
    }

    /** Sets a clock now and then, to another time within what is allowed, and suspends a machine. */
    FleetSimulation settingClocks(long meanNanos) {
        at((long) (random.nextExponential() * meanNanos), () -> {
            Member member = processes.get(random.nextInt(world.processes()));
            member.offset = member.offset();
            if (random.nextBoolean()) {
                member.suspended += SECOND;
                member.frozenUntil = now.get() + SECOND;
            }
            settingClocks(meanNanos);
        });
        return this;
    }

    /** Calls need a new connection as often as that says, which takes up to so many nanoseconds after they have their permit. */
    FleetSimulation dialling(double share, long most) {
        dialled = share;
        longestDial = most;
        return this;
    }

    /** Forgets what has arrived so far. */
    FleetSimulation settled() {
        arrived.clear();
        return this;
    }

    Truth truth() {
        return new Truth(Map.of(), Set.of(), arrived);
    }

    /** At the wire, in the mean, in nanoseconds. */
    long meanWait() {
        return waited / Math.max(1, arrivals());
    }

    int arrivals() {
        return arrived.size();
    }

    private void at(long in, Runnable action) {
        events.add(new Event(now.get() + in, action));
    }

    private final class Member {
        private final int number;
        private final CallBudget budget;
        private long offset = offset();
        private long suspended;
        private long awake;
        private long frozenUntil;
        /** Connections of calls that have missed their moment. */
        private int opened;

        Member(int number) {
            this.number = number;
            this.budget = new CallBudget(new SteadyClock(this::monotonic, () -> now.get() + offset));
        }

        /** Stands still while the machine is suspended. */
        private long monotonic() {
            awake = Math.max(awake, now.get() - suspended);
            return awake;
        }

        private long offset() {
            return random.nextLong(-world.clocks() / 2, world.clocks() / 2 + 1);
        }

        void own() {
            Set<Integer> owned = IntStream.range(0, owners.length)
                    .filter(partition -> owners[partition] == number)
                    .boxed()
                    .collect(Collectors.toSet());
            switch (world.pacing()) {
                case PLACES -> budget.own(world.rate(), world.partitions(), owned);
                case EACH_BY_ITSELF -> budget.allow(world.rate() * owned.size() / world.partitions());
            }
        }

        private void later(long in, Runnable action) {
            at(Math.max(in, frozenUntil - now.get()), () -> {
                if (frozenUntil > now.get()) {
                    later(0, action);
                } else {
                    action.run();
                }
            });
        }

        /** What the dispatcher does. */
        void ask() {
            long wait = budget.nanosUntilNext();
            if (wait == 0) {
                Permit permit = requireNonNull(budget.tryAcquire());
                later(budget.lead() / 2 + late() + dial(), () -> send(permit));
            }
            later(wait == 0 ? 1 : wait + late() / 10, this::ask);
        }

        /** A thread is late by a little, and now and then by more than a place allows. */
        private long late() {
            long lateness = Places.none(world.rate(), 1).patience();
            return random.nextInt(100) == 0 ? random.nextLong(2 * lateness) : random.nextLong(lateness / 8);
        }

        private long dial() {
            if (random.nextDouble() >= dialled) {
                return 0;
            }
            boolean kept = opened > 0;
            opened -= kept ? 1 : 0;
            return kept ? 0 : random.nextLong(longestDial);
        }

        private void send(Permit permit) {
            send(permit, now.get());
        }

        /** @param ready when it came to the wire */
        private void send(Permit permit, long ready) {
            long wait = permit.tryUse();
            if (permit.missed()) {
                opened++;
                permit.close();
            } else if (wait > 0) {
                later(wait + late(), () -> send(permit, ready));
            } else {
                waited += now.get() - ready;
                at(random.nextLong(apart(world.rate()) / 2), this::arrive);
                budget.answered();
                permit.close();
            }
        }

        private void arrive() {
            var key = new SessionKey("app", Long.toString(sent++));
            arrived.add(new Truth.Request(Instant.ofEpochSecond(0, now.get()), key, 200, Fault.NONE));
        }
    }
}
