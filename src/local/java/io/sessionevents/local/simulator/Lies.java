package io.sessionevents.local.simulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Decides in which ways a page of a list is wrong. */
@FunctionalInterface
public interface Lies {
    /** Lists tell the truth. */
    Lies NONE = Set::of;

    Set<Lie> next();

    /** Each of the kinds by itself, for that share of the pages. */
    static Lies drawn(RandomGenerator random, double share, List<Lie> kinds) {
        List<Lie> all = List.copyOf(kinds);
        return () -> {
            Set<Lie> drawn = EnumSet.noneOf(Lie.class);
            synchronized (random) {
                all.forEach(lie -> {
                    if (random.nextDouble() < share) {
                        drawn.add(lie);
                    }
                });
            }
            return drawn;
        };
    }

    /** The same for every page. */
    static Lies always(Lie lie) {
        return () -> Set.of(lie);
    }
}
