package io.sessionevents.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The terminal behind standard output. The system is asked each time, for its window may have been made smaller. */
public final class Terminal {
    /** What most terminals have, and what is taken for one that does not say. */
    public static final int USUAL_COLUMNS = 80;

    private static final int STANDARD_OUTPUT = 1;
    private static final long WINDOW_SIZE_LINUX = 0x5413;
    private static final long WINDOW_SIZE_MAC = 0x40087468;
    private static final int SHORTS = 4;
    private static final int COLUMNS = 1;
    private static final Linker LINKER = Linker.nativeLinker();

    @SuppressWarnings("restricted") // the launchers grant native access, which RocksDB needs too
    private final MethodHandle ioctl = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));

    /** How many cells a row has. */
    public int columns() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, SHORTS);
            int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, request(), size);
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, COLUMNS));
            return failed != 0 || columns == 0 ? USUAL_COLUMNS : columns;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a function of the system threw", e);
        }
    }

    private static long request() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
                ? WINDOW_SIZE_MAC
                : WINDOW_SIZE_LINUX;
    }
}
