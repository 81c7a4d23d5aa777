package io.sessionevents.local.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/** One of the kinds, as likely as the others, for that share of the requests. Safe for use by many threads. */
record DrawnFaults(RandomGenerator random, double share, List<Fault> kinds) implements Faults {
    private static final SessionKey ANY = new SessionKey("", "");

    DrawnFaults {
        kinds = List.copyOf(kinds);
    }

    @Override
    public Fault next(SessionKey key) {
        synchronized (random) {
            return random.nextDouble() < share ? kinds.get(random.nextInt(kinds.size())) : Fault.NONE;
        }
    }

    @Override
    public Fault nextOfList() {
        Fault drawn = next(ANY);
        return drawn.concernsLists() ? drawn : Fault.NONE;
    }
}
