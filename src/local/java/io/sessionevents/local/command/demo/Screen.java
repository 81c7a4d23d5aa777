package io.sessionevents.local.command.demo;

import io.sessionevents.cli.ChangePrinter;
import io.sessionevents.cli.OutputFormat;
import java.io.PrintWriter;
import java.time.ZoneId;
import org.apache.avro.generic.GenericRecord;

/** What the demo shows: events on standard output, and below them a status line where there is a terminal. */
final class Screen {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int STATUS_EVERY = 200;

    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputFormat format;
    private final boolean live;
    private final boolean colour;
    private final ChangePrinter printer;
    private int statusCalls;

    Screen(PrintWriter out, PrintWriter err, OutputFormat format, boolean terminal, boolean colour, ZoneId zone) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.live = terminal && format == OutputFormat.table;
        this.colour = colour;
        this.printer = new ChangePrinter(out, format, colour, zone);
    }

    synchronized boolean event(GenericRecord event) {
        clear();
        return printer.print(event);
    }

    /** A line that is replaced by the next; without a terminal, now and then a line on standard error. */
    synchronized void status(String text) {
        if (live) {
            out.print(CLEAR_LINE + text);
            out.flush();
        } else if (statusCalls++ % STATUS_EVERY == STATUS_EVERY - 1) {
            err.println(text);
        }
    }

    /** Something to know, beside the events. */
    synchronized void note(String text) {
        clear();
        err.println(text);
    }

    synchronized void summary(Summary summary) {
        clear();
        switch (format) {
            case json -> out.println(summary.json());
            case table -> out.println(summary.text(colour));
        }
        out.flush();
    }

    private void clear() {
        if (live) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
