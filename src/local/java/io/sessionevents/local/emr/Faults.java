package io.sessionevents.local.emr;

import java.util.random.RandomGenerator;

/** Decides what goes wrong with a request. */
@FunctionalInterface
public interface Faults {
    /** Nothing goes wrong. */
    Faults NONE = () -> Fault.NONE;

    /** What can go wrong. */
    enum Fault {
        NONE,
        INTERNAL_ERROR,
        HTML_UNAVAILABLE,
        THROTTLED,
        RESET
    }

    Fault next();

    /** A bad day: 8 % of the requests fail in one of four ways. */
    static Faults some(RandomGenerator random) {
        return drawn(random, 0.08);
    }

    /** A storm: half of the requests fail. */
    static Faults storm(RandomGenerator random) {
        return drawn(random, 0.5);
    }

    private static Faults drawn(RandomGenerator random, double share) {
        Fault[] faults = Fault.values();
        return () -> {
            synchronized (random) {
                return random.nextDouble() < share ? faults[1 + random.nextInt(faults.length - 1)] : Fault.NONE;
            }
        };
    }
}
