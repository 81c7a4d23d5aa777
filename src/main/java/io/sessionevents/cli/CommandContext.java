package io.sessionevents.cli;

import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * What the commands need of the process they run in.
 *
 * @param terminal whether standard output is a terminal
 * @param version of this build
 */
public record CommandContext(
        Map<String, String> environment,
        InputStream input,
        boolean terminal,
        InstantSource clock,
        ZoneId zone,
        String version,
        Interrupts interrupts) {

    /** Whether to use colour: on a terminal, unless {@code NO_COLOR} says otherwise. */
    public boolean colour() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
