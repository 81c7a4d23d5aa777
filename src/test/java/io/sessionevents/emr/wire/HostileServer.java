package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on loopback that treats each connection as the test says, byte by byte, and counts. */
final class HostileServer implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** How a connection is served; at its end the connection is closed. */
    @FunctionalInterface
    interface Script {
        void serve(Talk talk) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Script script;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    HostileServer(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Gives this answer to whatever comes, on a connection that stays open. */
    static HostileServer answering(String answer) {
        return new HostileServer(talk -> {
            while (talk.next()) {
                talk.say(answer);
            }
        });
    }

    /** Gives this answer to the first request of a connection, and closes it. */
    static HostileServer closingAfter(String answer) {
        return new HostileServer(talk -> {
            if (talk.next()) {
                talk.say(answer);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** Heads of the requests that came, over all connections. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    int connections() {
        return sockets.size();
    }

    /** Connections that are closed. */
    int ended() {
        return ended.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.serve(new Talk(socket));
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable socket : sockets) {
            socket.close();
        }
    }

    /** One connection. */
    final class Talk {
        private final Socket socket;
        private final InputStream in;
        private String head = "";

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Waits for a request, and reads it with its body; false if there is none. */
        boolean next() throws IOException {
            var bytes = new StringBuilder();
            while (bytes.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return false;
                }
                bytes.append((char) c);
            }
            head = bytes.toString();
            heads.add(head);
            String length = "Content-Length: ";
            for (String line :
                    head.lines().filter(each -> each.startsWith(length)).toList()) {
                in.skipNBytes(Integer.parseInt(line.substring(length.length())));
            }
            return true;
        }

        /** Of the last request. */
        String head() {
            return head;
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /** Says this until the client goes. */
        void sayForEver(String text) throws IOException {
            while (true) {
                say(text);
            }
        }

        /** Each byte in a packet of its own. */
        void drip(String text) throws IOException {
            for (byte each : text.getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(each);
            }
        }

        /** Waits until the client has gone. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // Whatever it says.
            }
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Goes on by TLS. */
        Talk encrypted(SSLContext context) throws IOException {
            var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            return new Talk(secured);
        }

        /** The name that the client asked for, if it did. */
        String serverName() {
            return ((ExtendedSSLSession) ((SSLSocket) socket).getSession())
                    .getRequestedServerNames()
                    .toString();
        }
    }
}
