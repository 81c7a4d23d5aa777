package io.sessionevents.local.testbed;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ports of loopback that nobody listens on; found out beforehand, for a port that is taken would end a broker's JVM. */
public final class Ports {
    private static final int OUT_OF_REACH_FROM = 20_000;
    private static final int OUT_OF_REACH = 10_000;

    private Ports() {}

    /**
     * So many different free ones.
     *
     * @param first 0 for any
     */
    static List<Integer> free(int first, int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = bind(i == 0 ? first : 0);
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /**
     * A free one for somebody who comes and goes: below those that connections of this machine get, and not by a seed, for another
     * run may have the same.
     */
    public static int freeAndKept() throws IOException {
        var any = new Random();
        while (true) {
            int port = OUT_OF_REACH_FROM + any.nextInt(OUT_OF_REACH);
            try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return port;
            } catch (BindException e) {
                // Taken: another one.
            }
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("port " + port + " is taken: " + e.getMessage(), e);
        }
    }
}
