package io.sessionevents.local.simulator;

import java.time.Duration;
import java.time.Instant;

/** AWS's way of limiting requests: a bucket of tokens that is refilled steadily. Safe for use by many threads. */
final class TokenBucket {
    private final double perSecond;
    private final double size;
    private double tokens;
    private Instant last;

    TokenBucket(double perSecond, int size, Instant now) {
        this.perSecond = perSecond;
        this.size = size;
        this.tokens = size;
        this.last = now;
    }

    synchronized boolean take(Instant now) {
        double elapsed = Duration.between(last, now).toNanos() / 1e9;
        last = now;
        tokens = Math.min(size, tokens + Math.max(0, elapsed) * perSecond);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
