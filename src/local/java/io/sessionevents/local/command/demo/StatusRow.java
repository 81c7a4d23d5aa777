package io.sessionevents.local.command.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The last row of a terminal, replaced by the next at most four times a second. It never fills a row, and leaves the cursor where it
 * began: whatever comes after it overwrites it, also where a terminal made narrower has broken it into several rows.
 */
final class StatusRow implements Status {
    static final Duration PACE = Duration.ofMillis(250);

    /** Carriage return, and everything from there to the end of the screen erased. */
    static final String CLEAR = "\r\u001b[J";

    private final PrintWriter out;
    private final IntSupplier columns;
    private final LongSupplier nanos;
    private long drawnAt;
    private boolean drawn;
    private boolean shown;

    /**
     * Draws nothing yet.
     *
     * @param columns of the terminal, asked at each drawing
     * @param nanos a clock
     */
    StatusRow(PrintWriter out, IntSupplier columns, LongSupplier nanos) {
        this.out = out;
        this.columns = columns;
        this.nanos = nanos;
    }

    @Override
    public void show(Supplier<String> text) {
        long now = nanos.getAsLong();
        if (drawn && now - drawnAt < PACE.toNanos()) {
            return;
        }
        drawn = true;
        shown = true;
        drawnAt = now;
        out.print(CLEAR + cut(text.get(), columns.getAsInt() - 1) + "\r");
        out.flush();
    }

    @Override
    public void clear() {
        if (shown) {
            shown = false;
            out.print(CLEAR);
            out.flush();
        }
    }

    static String cut(String text, int cells) {
        if (text.length() <= cells) {
            return text;
        }
        return cells < 1 ? "" : text.substring(0, cells - 1) + "…";
    }
}
