package io.sessionevents.local.command.demo;

import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.Lie;
import io.sessionevents.local.simulator.Lies;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** How badly the simulated AWS behaves. */
enum FaultLevel {
    none,
    some,
    storm;

    Faults faults(RandomGenerator random) {
        return switch (this) {
            case none -> Faults.NONE;
            case some -> Faults.some(random);
            case storm -> Faults.storm(random);
        };
    }

    /** In which ways lists are wrong: in all that leave them readable by the caller. */
    Lies lies(RandomGenerator random) {
        EnumSet<Lie> all = EnumSet.allOf(Lie.class);
        all.removeAll(EnumSet.of(Lie.REFUSED, Lie.GHOST_ITEM));
        return switch (this) {
            case none -> Lies.NONE;
            case some -> Lies.drawn(random, 0.02, List.copyOf(all));
            case storm -> Lies.drawn(random, 0.1, List.copyOf(all));
        };
    }

    /** How many times as long as usual things may take. */
    int slower() {
        return switch (this) {
            case none -> 1;
            case some -> 2;
            case storm -> 8;
        };
    }
}
