package io.sessionevents.health;

import io.sessionevents.health.Health.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Whether input waits because the schema registry does not answer. Used by many threads. */
public final class RegistryHealth {
    /** Input that waits is tried several times a second; if nothing was in the way for this long, nothing waits. */
    private static final Duration RECENT = Duration.ofSeconds(15);

    private final InstantSource clock;
    private volatile @Nullable Outage last;

    private record Outage(String message, Instant at) {}

    public RegistryHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** A record could not be read. */
    public void inputWaits(String message) {
        last = new Outage(message, clock.instant());
    }

    public Check check() {
        Outage outage = last;
        return outage == null || outage.at().plus(RECENT).isBefore(clock.instant())
                ? new Check("registry", true, "no input waits for it")
                : new Check("registry", false, "Input waits: " + outage.message());
    }
}
