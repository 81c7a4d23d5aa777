package io.sessionevents.cli;

import java.time.ZoneId;
import java.util.function.IntSupplier;

/**
 * How records are printed.
 *
 * @param zone of the times in tables
 * @param columns of the terminal, asked at each row, because its window may change; {@link #UNLIMITED} where there is none
 */
public record RowStyle(OutputFormat format, boolean colour, ZoneId zone, IntSupplier columns) {
    /** The width where there is no terminal. */
    public static final int UNLIMITED = Table.UNLIMITED;
}
