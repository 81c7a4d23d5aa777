package io.sessionevents.emr.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one route: those of calls, and those that wait for one. The last one given back is the first to be taken, so that
 * the others grow old and are closed; whoever takes or gives one does that, there is no thread for it. Used by many threads.
 */
final class Connections implements Closeable {
    /**
     * How long one may lie idle. AWS's load balancers keep them for 60 s; below, because a request that meets the end of its connection is
     * lost, and must not be sent again. Long, because an instance with a small share of a small budget calls that seldom: one that had to
     * open a connection for each call might miss the moment of each.
     */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(45);

    private final Route route;
    private final Dial dial;
    private final int most;
    private final Semaphore places;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param most open at any time */
    Connections(Route route, Dial dial, int most) {
        this.route = route;
        this.dial = dial;
        this.most = most;
        this.places = new Semaphore(most, true);
    }

    Route route() {
        return route;
    }

    /**
     * One for a call, which gives it back or drops it.
     *
     * @param abort holds it from then on
     * @param login for the proxy, if a new one is opened; null if it has not asked for one
     * @throws TunnelRefusedException if the proxy does not let through
     */
    Connection take(AbortSwitch abort, @Nullable Login login) throws IOException {
        reserve();
        Connection taken = null;
        try {
            taken = kept(abort);
            taken = taken == null ? opened(abort, login) : taken;
            return taken;
        } finally {
            if (taken == null) {
                places.release();
            }
        }
    }

    private void reserve() throws IOException {
        try {
            if (!places.tryAcquire(dial.patience().read().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("all " + most + " connections were in use for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while all connections were in use").initCause(e);
        }
    }

    private @Nullable Connection kept(AbortSwitch abort) throws IOException {
        closeAged();
        for (Connection kept = latest(); kept != null; kept = latest()) {
            if (!abort.holds(kept)) {
                keep(kept);
                return null;
            }
            if (kept.quiet()) {
                return kept;
            }
            close(kept);
        }
        return null;
    }

    private Connection opened(AbortSwitch abort, @Nullable Login login) throws IOException {
        Connection connection = dial.open(route, abort, login);
        open.add(connection);
        if (closed) {
            close(connection);
            throw new IOException("the client is closed");
        }
        return connection;
    }

    /** It has carried a whole answer, and may carry another one. */
    void give(Connection connection) throws IOException {
        connection.idleSince(dial.nanos().getAsLong());
        keep(connection);
        places.release();
        closeAged();
    }

    /** It may carry nothing any more. */
    void drop(Connection connection) throws IOException {
        try {
            close(connection);
        } finally {
            places.release();
        }
    }

    private void closeAged() throws IOException {
        long since = dial.nanos().getAsLong() - LONGEST_IDLE.toNanos();
        for (Connection aged = idleFrom(since); aged != null; aged = idleFrom(since)) {
            close(aged);
        }
    }

    private synchronized void keep(Connection connection) {
        idle.addFirst(connection);
    }

    private synchronized @Nullable Connection latest() {
        return idle.pollFirst();
    }

    private synchronized @Nullable Connection idleFrom(long nanos) {
        Connection oldest = idle.peekLast();
        return oldest != null && oldest.idleSince() - nanos < 0 ? idle.pollLast() : null;
    }

    private void close(Connection connection) throws IOException {
        open.remove(connection);
        connection.close();
    }

    /** Closes all; calls that have one fail. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (Connection connection : open) {
            close(connection);
        }
    }
}
