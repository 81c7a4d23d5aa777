package io.sessionevents.local.command.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Takes over standard error, where logs go, and has whole lines written, each when there is room for it. */
final class LinesAbove extends OutputStream {
    private final Consumer<Runnable> writer;
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LinesAbove(Consumer<Runnable> writer) {
        this.writer = writer;
    }

    /**
     * From now on until it is given back.
     *
     * @param writer makes room, and then runs what writes a line
     */
    static LinesAbove takeOver(Consumer<Runnable> writer) {
        var taken = new LinesAbove(writer);
        System.setErr(new PrintStream(taken, true, taken.before.charset()));
        return taken;
    }

    @Override
    public synchronized void write(int octet) {
        line.write(octet);
        if (octet == '\n') {
            handOn();
        }
    }

    private void handOn() {
        byte[] whole = line.toByteArray();
        line.reset();
        if (whole.length > 0) {
            writer.accept(() -> toBefore(whole));
        }
    }

    private void toBefore(byte[] whole) {
        before.writeBytes(whole);
        before.flush();
    }

    /** Gives standard error back, and what has come of a last line. */
    @Override
    public synchronized void close() {
        System.setErr(before);
        handOn();
    }
}
