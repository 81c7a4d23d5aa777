package io.sessionevents.emr.wire;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends a call from another thread by closing what it waits for: a thread that reads from a closed connection wakes. */
final class AbortSwitch {
    private @Nullable Closeable held;
    private boolean aborted;

    /** From now on an abort closes this; false if there was one already. */
    synchronized boolean holds(Closeable connection) {
        if (!aborted) {
            held = connection;
        }
        return !aborted;
    }

    /** From now on an abort closes nothing: the next call may have the connection. Whether there was none so far. */
    synchronized boolean letGo() {
        held = null;
        return !aborted;
    }

    synchronized void abort() throws IOException {
        aborted = true;
        if (held != null) {
            held.close();
        }
    }
}
