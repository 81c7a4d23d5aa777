package io.sessionevents.emr.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a client: those of calls, and those that wait for one. The last one given back is the first to be taken, so that
 * the others grow old and are closed; whoever gives one back does that, there is no thread for it.
 */
final class Connections implements Closeable {
    /**
     * How long one may lie idle. AWS's load balancers keep them for 60 s; well below, because a request that meets the end of its connection
     * is lost, and must not be sent again. At the usual budgets a connection is used every second.
     */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    private final Dial dial;
    private final int most;
    private final Map<Route, Shelf> shelves = new ConcurrentHashMap<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Those of one route. */
    private record Shelf(Semaphore places, Deque<Connection> idle) {
        synchronized @Nullable Connection take() {
            return idle.pollFirst();
        }

        synchronized void put(Connection connection) {
            idle.addFirst(connection);
        }

        synchronized @Nullable Connection takeOlderThan(long nanos) {
            Connection oldest = idle.peekLast();
            return oldest != null && oldest.idleSince() - nanos < 0 ? idle.pollLast() : null;
        }
    }

    /** @param most open to one endpoint at any time */
    Connections(Dial dial, int most) {
        this.dial = dial;
        this.most = most;
    }

    /**
     * One for a call, which gives it back or drops it.
     *
     * @param abort holds it from then on
     * @param login for the proxy, if a new one is opened; null if it has not asked for one
     * @throws TunnelRefusedException if the proxy does not let through
     */
    Connection take(Route route, AbortSwitch abort, @Nullable Login login) throws IOException {
        Shelf shelf = shelves.computeIfAbsent(route, first -> new Shelf(new Semaphore(most, true), new ArrayDeque<>()));
        reserve(shelf);
        Connection taken = null;
        try {
            taken = kept(shelf, abort);
            taken = taken == null ? opened(route, abort, login) : taken;
            return taken;
        } finally {
            if (taken == null) {
                shelf.places().release();
            }
        }
    }

    private void reserve(Shelf shelf) throws IOException {
        try {
            if (!shelf.places().tryAcquire(dial.patience().read().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("all " + most + " connections were in use for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while all connections were in use").initCause(e);
        }
    }

    private @Nullable Connection kept(Shelf shelf, AbortSwitch abort) throws IOException {
        closeAged(shelf);
        for (Connection kept = shelf.take(); kept != null; kept = shelf.take()) {
            abort.hold(kept);
            if (kept.quiet()) {
                return kept;
            }
            close(kept);
        }
        return null;
    }

    private Connection opened(Route route, AbortSwitch abort, @Nullable Login login) throws IOException {
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
        Shelf shelf = shelf(connection);
        connection.idleSince(dial.nanos().getAsLong());
        shelf.put(connection);
        shelf.places().release();
        closeAged(shelf);
    }

    /** It may carry nothing any more. */
    void drop(Connection connection) throws IOException {
        try {
            close(connection);
        } finally {
            shelf(connection).places().release();
        }
    }

    private void closeAged(Shelf shelf) throws IOException {
        long eldest = dial.nanos().getAsLong() - LONGEST_IDLE.toNanos();
        for (Connection aged = shelf.takeOlderThan(eldest); aged != null; aged = shelf.takeOlderThan(eldest)) {
            close(aged);
        }
    }

    private Shelf shelf(Connection connection) {
        Shelf shelf = shelves.get(connection.route());
        if (shelf == null) {
            throw new IllegalStateException("a connection of another client");
        }
        return shelf;
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
