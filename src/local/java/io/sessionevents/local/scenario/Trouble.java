package io.sessionevents.local.scenario;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Something that goes wrong around one instance for a while. */
public interface Trouble {

    /**
     * Lets it happen for as long as it lasts.
     *
     * @return when it began
     */
    Instant happen(OneInstance world) throws IOException, InterruptedException;

    /** Ends it. */
    void end(OneInstance world) throws IOException;

    /** How long is watched after it. */
    default Duration aftermath(OneInstance world) {
        return world.interval().multipliedBy(3);
    }
}
