package io.sessionevents.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the commands need of the process they run in.
 *
 * @param terminal whether standard output is a terminal
 * @param version of this build
 * @param configuration the file of this installation, for commands that are given none; null if there is none
 */
public record CommandContext(
        Map<String, String> environment,
        InputStream input,
        boolean terminal,
        InstantSource clock,
        ZoneId zone,
        String version,
        Interrupts interrupts,
        @Nullable Path configuration) {

    /** Of a process that belongs to no installation. */
    public CommandContext(
            Map<String, String> environment,
            InputStream input,
            boolean terminal,
            InstantSource clock,
            ZoneId zone,
            String version,
            Interrupts interrupts) {
        this(environment, input, terminal, clock, zone, version, interrupts, null);
    }

    /** How records are printed: as wide as the terminal is, and whole where there is none. */
    public RowStyle style(OutputFormat format) {
        boolean narrow = terminal && format == OutputFormat.table;
        return new RowStyle(format, colour(), zone, narrow ? new Terminal()::columns : () -> RowStyle.UNLIMITED);
    }

    /** Whether to use colour: on a terminal, unless {@code NO_COLOR} says otherwise. */
    public boolean colour() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
