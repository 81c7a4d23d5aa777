package io.sessionevents.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that asks the process to end, as Ctrl-C does, once nobody reads it: whatever the command, and whichever of its
 * threads writes. A reader that leaves is no failure; a full disk is one, and is told. Safe for use by many threads.
 */
public final class StandardOutput extends OutputStream {
    private static final Path ITSELF = Path.of("/dev/stdout");
    private static final int KIND = 0xF000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    private final OutputStream out;
    private final BooleanSupplier read;
    private final IntConsumer end;
    private final AtomicReference<@Nullable Integer> lost = new AtomicReference<>();

    /**
     * Over that stream.
     *
     * @param read whether a reader is at the other end, who may leave
     * @param end asked once, with the exit code; returns at once
     */
    StandardOutput(OutputStream out, BooleanSupplier read, IntConsumer end) {
        this.out = out;
        this.read = read;
        this.end = end;
    }

    /** That of this process; not {@code System.out}, which keeps failures to itself. */
    public static StandardOutput ofThisProcess(IntConsumer end) {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::pipe, end);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        try {
            out.write(octets, offset, length);
        } catch (IOException e) {
            int code = read.getAsBoolean() ? 0 : 1;
            if (lost.compareAndSet(null, code)) {
                if (code != 0) {
                    System.err.println("session-events: standard output cannot be written: " + e.getMessage());
                }
                end.accept(code);
            }
            throw e;
        }
    }

    /**
     * The exit code of the process: a command that ends by itself may be quicker than the end that was asked for.
     *
     * @param finished what the command says
     */
    public int exitCode(int finished) {
        Integer code = lost.get();
        return code == null ? finished : code;
    }

    /** The kind of file says so; messages of the system are in the language of the machine. */
    private static boolean pipe() {
        try {
            int kind = (int) Files.getAttribute(ITSELF, "unix:mode") & KIND;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
