package io.sessionevents.local.command.bench.outside;

import java.util.List;

/**
 * Sessions that were published one by one.
 *
 * @param millis from being published to their event
 * @param missing those without an event
 */
record Probes(List<Double> millis, int missing) {
    String text() {
        String none = missing == 0 ? "" : "; none of " + missing + " more";
        return (millis.isEmpty() ? "-" : new Spread(millis).times()) + none;
    }
}
