package io.sessionevents.emr;

import java.time.Duration;

/**
 * When an outage of AWS is assumed, and how its end is found out.
 *
 * @param recentAttempts how many of the last HTTP attempts are judged; with fewer the circuit stays closed
 * @param failurePercent share of them that must have failed transiently to open the circuit, 1 to 100
 * @param pause how long no call is made
 * @param probes calls that are let through after the pause to see whether AWS is back
 */
public record BreakerSettings(int recentAttempts, int failurePercent, Duration pause, int probes) {

    /** @throws IllegalArgumentException if a value is out of range; the message says which and what was expected */
    public BreakerSettings {
        if (recentAttempts < 1) {
            throw new IllegalArgumentException("recentAttempts: " + recentAttempts + ", expected 1 or more");
        }
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("failurePercent: " + failurePercent + ", expected 1 to 100");
        }
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("pause: " + pause + ", expected more than 0");
        }
        if (probes < 1) {
            throw new IllegalArgumentException("probes: " + probes + ", expected 1 or more");
        }
    }

    /**
     * Opens when 6 of the last 10 attempts failed, for 5 s, and then asks with one probe: an outage of a minute costs about
     * 20 calls, and its end is noticed within 5 s.
     */
    public static BreakerSettings standard() {
        return new BreakerSettings(10, 60, Duration.ofSeconds(5), 1);
    }
}
