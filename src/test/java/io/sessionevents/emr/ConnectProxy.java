package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that counts what it is asked to connect to, and gives the same answer to everyone. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String answer;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    ConnectProxy(String answer) throws IOException {
        this.answer = answer;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The request lines and headers that came. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
                var head = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append('\n');
                }
                heads.add(head.toString());
                client.getOutputStream().write((answer + "\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
            } catch (IOException e) {
                // The client has gone, or the proxy was closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
