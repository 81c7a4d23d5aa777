package io.sessionevents.local.emr;

import java.util.random.RandomGenerator;

/** Decides what goes wrong with a request. */
@FunctionalInterface
public interface Faults {
    /** Nothing goes wrong. */
    Faults NONE = key -> Fault.NONE;

    Fault next(SessionKey key);

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

    /** One of the kinds, as likely as the others, for that share of the requests. */
    static Faults drawn(RandomGenerator random, double share, Fault... kinds) {
        return key -> {
            synchronized (random) {
                return random.nextDouble() < share ? kinds[random.nextInt(kinds.length)] : Fault.NONE;
            }
        };
    }

    /** The same for every request. */
    static Faults always(Fault fault) {
        return key -> fault;
    }
}
