package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whether the way to the endpoint is open: a connection, and through a proxy the tunnel too. Sends nothing to the endpoint.
 *
 * @param timeout of every step
 * @param source whose keys the messages name
 */
record Reachability(NetworkPath path, Duration timeout, String source) {
    private static final int LONGEST_LINE = 200;

    /** One sentence with what to do; empty if the way is open. */
    Optional<String> problem() {
        return path.throughProxy().map(this::problem).orElseGet(this::directProblem);
    }

    private Optional<String> directProblem() {
        try (Socket _ = connect(path.host().replaceAll("[\\[\\]]", ""), path.port())) {
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the host " + path.host() + " is unknown: check " + SourceKeys.key(source, "region")
                    + " and " + SourceKeys.key(source, "endpoint.url") + ", and that DNS works (or set HTTPS_PROXY)");
        } catch (IOException e) {
            return Optional.of("no connection to " + path.host() + ":" + path.port() + " within " + seconds() + " ("
                    + e.getMessage()
                    + "): check the network (firewall, VPC endpoint, HTTPS_PROXY) or set "
                    + SourceKeys.key(source, "endpoint.url"));
        }
    }

    private Optional<String> problem(Proxy proxy) {
        try (Socket socket = connect(proxy.bareHost(), proxy.port())) {
            if (!path.encrypted()) {
                return Optional.empty();
            }
            String answer = tunnel(proxy, "https".equals(proxy.scheme()) ? encrypted(socket, proxy) : socket);
            if (answer.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
                return Optional.empty();
            }
            return Optional.of(
                    "the proxy " + proxy + " does not let through to " + path.host() + ":" + path.port() + " ("
                            + Text.brief(answer)
                            + "): check what it allows, and user and password in HTTPS_PROXY, or add the host to"
                            + " NO_PROXY");
        } catch (UnknownHostException e) {
            return Optional.of("the host of the proxy " + proxy + " is unknown: check HTTPS_PROXY, or https.proxyHost");
        } catch (IOException e) {
            return Optional.of("no connection through the proxy " + proxy + " within " + seconds() + " ("
                    + e.getMessage() + "): check HTTPS_PROXY, or https.proxyHost and https.proxyPort, and NO_PROXY");
        }
    }

    /** The first line of what the proxy answers. */
    private String tunnel(Proxy proxy, Socket socket) throws IOException {
        String host = path.host() + ":" + path.port();
        String login = proxy.user() == null
                ? ""
                : "Proxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString((proxy.user() + ":" + proxy.password()).getBytes(UTF_8))
                        + "\r\n";
        String request = "CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n" + login + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return line(socket.getInputStream());
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r' && c != '\n' && line.length() < LONGEST_LINE; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private Socket connect(String host, int port) throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket socket, Proxy proxy) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(socket, proxy.bareHost(), proxy.port(), true);
    }

    private String seconds() {
        return timeout.toMillis() / 1000.0 + " s";
    }
}
