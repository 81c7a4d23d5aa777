package io.sessionevents.local.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/** Decides what goes wrong with a request. */
@FunctionalInterface
public interface Faults {
    /** Nothing goes wrong. */
    Faults NONE = key -> Fault.NONE;

    Fault next(SessionKey key);

    /** What goes wrong with a request for a list; nothing where it is not said. */
    default Fault nextOfList() {
        return Fault.NONE;
    }

    /** A bad day: 8 % of the requests fail. */
    static Faults some(RandomGenerator random) {
        return drawn(
                random,
                0.08,
                Fault.INTERNAL_ERROR,
                Fault.HTML_UNAVAILABLE,
                Fault.THROTTLED,
                Fault.RESET,
                Fault.TRUNCATED,
                Fault.MALFORMED,
                Fault.WRONG_SESSION,
                Fault.STALE);
    }

    /** A storm: half of the requests fail. */
    static Faults storm(RandomGenerator random) {
        return drawn(
                random,
                0.5,
                Fault.INTERNAL_ERROR,
                Fault.HTML_UNAVAILABLE,
                Fault.THROTTLED,
                Fault.THROTTLED_WITH_RETRY_AFTER,
                Fault.RESET,
                Fault.TRUNCATED,
                Fault.MALFORMED,
                Fault.WRONG_SESSION,
                Fault.STALE);
    }

    /** A proxy in front of AWS that answers everything itself. */
    static Faults proxy(RandomGenerator random) {
        return drawn(
                random, 1, Fault.PROXY_NOT_FOUND, Fault.PROXY_FORBIDDEN, Fault.PROXY_SIGN_IN, Fault.PROXY_BAD_GATEWAY);
    }

    /** A hostile world: most answers are out of all bounds or somebody else's, some are at the bounds, few are ordinary. */
    static Faults hostile(RandomGenerator random) {
        return drawn(
                random,
                0.9,
                Fault.HOSTILE,
                Fault.HOSTILE,
                Fault.HOSTILE,
                Fault.EXTREME,
                Fault.EXTREME,
                Fault.MALFORMED,
                Fault.NO_ROUTE,
                Fault.EMPTY_NOT_FOUND,
                Fault.CAPTIVE_PORTAL,
                Fault.REDIRECT);
    }

    /** One of the kinds, as likely as the others, for that share of the requests. */
    static Faults drawn(RandomGenerator random, double share, Fault... kinds) {
        return new DrawnFaults(random, share, List.of(kinds));
    }

    /** The same for every request. */
    static Faults always(Fault fault) {
        return new Always(fault);
    }

    /** The same for every request that it can go wrong with. */
    record Always(Fault fault) implements Faults {
        @Override
        public Fault next(SessionKey key) {
            return fault;
        }

        @Override
        public Fault nextOfList() {
            return fault.concernsLists() ? fault : Fault.NONE;
        }
    }
}
