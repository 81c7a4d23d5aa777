package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections.
 *
 * @param tls whom to trust, and the keys of our own: asked for only if something is encrypted
 * @param nanos clock of the time to connect in
 */
record Dial(Patience patience, Supplier<SSLSocketFactory> tls, Names names, LongSupplier nanos) {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** As the JVM is set: its trust store and keys, {@code javax.net.ssl.*}. */
    static Dial standard(Patience patience) {
        return new Dial(
                patience,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                InetAddress::getAllByName,
                System::nanoTime);
    }

    /**
     * A connection that is ready for a request.
     *
     * @param abort can close it while it is opened, and holds it then
     * @param login for the proxy; null if it has not asked for one, or there is none
     * @throws TunnelRefusedException if the proxy does not let through
     */
    Connection open(Route route, AbortSwitch abort, @Nullable Login login) throws IOException {
        Relay relay = route.relay();
        SocketChannel channel = relay == null
                ? connected(route.host(), route.port(), abort)
                : connected(relay.host(), relay.port(), abort);
        try {
            Socket socket = channel.socket();
            socket.setSoTimeout(Patience.millis(patience.read()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (relay != null && relay.encrypted()) {
                socket = encrypted(socket, relay.host(), relay.port());
            }
            if (relay != null && route.encrypted()) {
                pass(socket, route, login);
            }
            if (route.encrypted()) {
                socket = encrypted(socket, route.host(), route.port());
            }
            if (patience.aborted()) {
                socket.setSoTimeout(0);
            }
            return new Connection(channel, socket);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tries one address after another; each has its share of the time that is left, so that a dead one does not take all of it. */
    private SocketChannel connected(String host, int port, AbortSwitch abort) throws IOException {
        InetAddress[] addresses = names.of(host);
        long end = nanos.getAsLong() + patience.connect().toNanos();
        IOException last = new UnknownHostException(host);
        for (int i = 0; i < addresses.length; i++) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - nanos.getAsLong()) / (addresses.length - i);
            if (millis < 1) {
                throw new SocketTimeoutException("no connection to " + host + ":" + port + " in time");
            }
            SocketChannel channel = SocketChannel.open();
            try {
                if (!abort.holds(channel)) {
                    throw new IOException("the call was aborted");
                }
                channel.socket().connect(new InetSocketAddress(addresses[i], port), (int) millis);
                return channel;
            } catch (IOException e) {
                boolean ended = !channel.isOpen() && Thread.currentThread().isInterrupted();
                channel.close();
                last = e;
                if (ended) {
                    break;
                }
            }
        }
        throw last;
    }

    /** Asks the proxy for a tunnel. */
    private static void pass(Socket socket, Route route, @Nullable Login login) throws IOException {
        String authority = HeaderText.target(route.authority());
        String signedOn = login == null ? "" : "Proxy-Authorization: " + login.basic() + "\r\n";
        socket.getOutputStream()
                .write(("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + signedOn + "\r\n")
                        .getBytes(UTF_8));
        var in = new Incoming(socket.getInputStream());
        Head head = Head.read(in);
        if (head.status() >= 300) {
            throw new TunnelRefusedException(head);
        }
        if (!in.used()) {
            throw new ProtocolException("something came through the tunnel before anything was asked");
        }
    }

    /** The name of the host is told to the server, and its certificate must be for it. */
    private Socket encrypted(Socket socket, String host, int port) throws IOException {
        var secured = (SSLSocket) tls.get().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(
                Stream.of(parameters.getProtocols()).filter(PROTOCOLS::contains).toArray(String[]::new));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
