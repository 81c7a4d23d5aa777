package io.sessionevents.local.testbed;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ports of loopback that nobody listens on; found out beforehand, for a port that is taken would end a broker's JVM. They are below those
 * that connections of this machine get, which would take them between the look and the start; and drawn without a seed, for another
 * run may have the same.
 */
public final class Ports {
    private static final int OUT_OF_REACH_FROM = 20_000;
    private static final int OUT_OF_REACH = 10_000;
    private static final Random ANY = new Random();

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
                ServerSocket socket = i == 0 && first != 0 ? bind(first) : bindAny();
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

    /** A free one for somebody who comes and goes. */
    public static int freeAndKept() throws IOException {
        return free(0, 1).getFirst();
    }

    /**
     * So many different free ones, held until the claim is closed against others who claim: between the look at a port and the one
     * who shall listen there, another demo or test might take it. Held is the datagram port of the same number, which nobody wants.
     *
     * @param first 0 for any
     * @throws IOException if the first is taken, or claimed by another
     */
    static Claim claim(int first, int count) throws IOException {
        var claim = new Claim(new ArrayList<>());
        try {
            while (claim.held().size() < count) {
                claim.add(
                        first != 0 && claim.held().isEmpty()
                                ? first
                                : free(0, 1).getFirst());
            }
            return claim;
        } catch (IOException e) {
            claim.close();
            throw e;
        }
    }

    /** One, that if nobody listens there or claims it, else another. */
    public static Claim claimOrAnother(int wanted) throws IOException {
        try {
            return claim(wanted, 1);
        } catch (IOException e) {
            return claim(0, 1);
        }
    }

    /** Ports that are held; the sockets are its own. */
    public record Claim(List<DatagramSocket> held) implements AutoCloseable {
        public List<Integer> ports() {
            return held.stream().map(DatagramSocket::getLocalPort).toList();
        }

        private void add(int port) throws IOException {
            try {
                held.add(new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
            } catch (IOException e) {
                throw new IOException("port " + port + " is taken by another that starts: " + e.getMessage(), e);
            }
            // Looked at only by the one who holds it, so that a look is never in the way of a start.
            var _ = free(port, 1);
        }

        @Override
        public void close() {
            held.forEach(DatagramSocket::close);
        }
    }

    /** Whether somebody listens there. */
    public static boolean listened(int port) {
        try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bindAny() throws IOException {
        while (true) {
            try {
                return bind(OUT_OF_REACH_FROM + ANY.nextInt(OUT_OF_REACH));
            } catch (TakenException e) {
                // Another one.
            }
        }
    }

    private static final class TakenException extends IOException {
        private static final long serialVersionUID = 1;

        TakenException(int port, BindException cause) {
            super("port " + port + " is taken: " + cause.getMessage(), cause);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return socket;
        } catch (BindException e) {
            socket.close();
            throw new TakenException(port, e);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
