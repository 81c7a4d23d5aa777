package io.sessionevents.local.command.demo;

import io.sessionevents.cli.ChangePrinter;
import io.sessionevents.cli.OutputFormat;
import io.sessionevents.cli.RowStyle;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericRecord;

/**
 * What the demo shows: events on standard output, alone there if they are for programs; notes and logs on standard error; and below
 * all of it how things stand. Safe for use by many threads.
 */
final class Screen implements AutoCloseable {
    private final PrintWriter out;
    private final PrintWriter err;
    private final RowStyle style;
    private final Status status;
    private final ChangePrinter printer;
    private final LinesAbove logs;

    Screen(PrintWriter out, PrintWriter err, RowStyle style, Status status) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.status = status;
        this.printer = new ChangePrinter(out, style);
        this.logs = LinesAbove.takeOver(this::above);
    }

    /** Whether somebody reads it. */
    synchronized boolean event(GenericRecord event) {
        status.clear();
        return printer.print(event);
    }

    synchronized void status(Supplier<String> text) {
        status.show(text);
    }

    /** Something to know, beside the events. */
    synchronized void note(String text) {
        status.clear();
        err.println(text);
    }

    synchronized void summary(Summary summary) {
        status.clear();
        PrintWriter people = style.format() == OutputFormat.table ? out : err;
        people.println(summary.text(style.format() == OutputFormat.table && style.colour()));
        people.flush();
    }

    private synchronized void above(Runnable write) {
        status.clear();
        write.run();
    }

    /** Nothing of what comes later is its own. */
    @Override
    public void close() {
        synchronized (this) {
            status.clear();
        }
        logs.close();
    }
}
