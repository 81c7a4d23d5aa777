package io.sessionevents.local.command.demo;

import io.sessionevents.local.simulator.Faults;
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
}
