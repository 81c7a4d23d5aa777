package io.sessionevents.local.command.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Where it is shown how things stand. */
interface Status {

    /** Shows it, unless something was shown just now. */
    void show(Supplier<String> text);

    /** Makes room for what is to stay. */
    void clear();

    /** Where there is no terminal: a line now and then. */
    static Status lines(PrintWriter err, LongSupplier nanos) {
        return new Lines(err, nanos);
    }

    /** A line now and then. */
    final class Lines implements Status {
        private static final Duration PACE = Duration.ofSeconds(20);

        private final PrintWriter err;
        private final LongSupplier nanos;
        private long next;

        private Lines(PrintWriter err, LongSupplier nanos) {
            this.err = err;
            this.nanos = nanos;
            this.next = nanos.getAsLong() + PACE.toNanos();
        }

        @Override
        public void show(Supplier<String> text) {
            long now = nanos.getAsLong();
            if (now - next >= 0) {
                next = now + PACE.toNanos();
                err.println(text.get());
            }
        }

        @Override
        public void clear() {
            // Lines stay.
        }
    }
}
