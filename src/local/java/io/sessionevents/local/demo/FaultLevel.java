package io.sessionevents.local.demo;

import io.sessionevents.local.emr.Faults;
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
