package io.sessionevents.emr.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/**
 * One connection to an endpoint. Owned by the call that has taken it; only {@link #close()} is for every thread.
 *
 * <p>It is a channel, which an interrupt closes on threads of every kind, and which can say without waiting whether anything came.
 */
final class Connection implements Closeable {
    private final boolean encrypted;
    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream stream;
    private final Incoming in;
    private long idleSince;

    /** @param socket over the channel, or over TLS */
    Connection(SocketChannel channel, Socket socket) throws IOException {
        this.encrypted = socket instanceof SSLSocket;
        this.channel = channel;
        this.socket = socket;
        this.stream = socket.getInputStream();
        this.in = new Incoming(stream);
    }

    Incoming in() {
        return in;
    }

    /** In one piece, so that it goes out in as few packets as it needs. */
    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    /**
     * Whether it is open, as far as that is known here, and nothing came that nobody asked for. Does not wait. Else it must not carry a
     * request: one that nobody reads would have to be sent again, and an answer that was there before belongs to nobody.
     */
    boolean quiet() {
        try {
            // Of what is encrypted, some may lie in the layer between.
            if (!in.used() || (encrypted && stream.available() > 0)) {
                return false;
            }
            channel.configureBlocking(false);
            int came = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return came == 0;
        } catch (IOException e) {
            return false;
        }
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /** At once: says no farewell, for which it might have to wait. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
