package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.emr.wire.Login;
import io.sessionevents.emr.wire.Relay;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on the way to AWS.
 *
 * @param scheme how the proxy itself is spoken to: {@code http} or {@code https}
 * @param host name or address; an IPv6 address in brackets
 * @param user null if the proxy wants none
 * @param password null if the proxy wants none
 */
record Proxy(
        String scheme,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LARGEST_PORT = 65_535;

    /** @throws IllegalArgumentException if the host or the port is none; the message says what was expected */
    Proxy {
        if (host.isBlank() || port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "proxy " + host + ":" + port + ", expected a host and a port from 1 to " + LARGEST_PORT);
        }
    }

    /**
     * Reads {@code http://USER:PASSWORD@HOST:PORT}; scheme, user and password may be missing, and so may the port (80, or
     * 443 for https). User and password may be percent-encoded. Whatever is before the last {@code @} is secret.
     *
     * @param name of the setting, for the message
     * @throws IllegalArgumentException if it is none; the message quotes neither user nor password
     */
    static Proxy parse(String name, String text) {
        int afterScheme = text.indexOf("://");
        String scheme =
                afterScheme < 0 ? "http" : text.substring(0, afterScheme).strip();
        String rest =
                afterScheme < 0 ? text.strip() : text.substring(afterScheme + 3).strip();
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    name + " names a proxy of the kind " + Text.brief(scheme) + ", expected " + expected());
        }
        int at = rest.lastIndexOf('@');
        try {
            return at(URI.create(scheme + "://" + rest.substring(at + 1)), at < 0 ? null : rest.substring(0, at));
        } catch (IllegalArgumentException e) {
            // Its message may quote what must not be shown.
            throw new IllegalArgumentException(name + " is no address of a proxy, expected " + expected());
        }
    }

    /** @param login user and password as they stand before the @; null if there is none */
    private static Proxy at(URI address, @Nullable String login) {
        String host = address.getHost() == null ? "" : address.getHost();
        int port = address.getPort() < 0 ? standardPort(address.getScheme()) : address.getPort();
        if (login == null || login.isEmpty()) {
            return new Proxy(address.getScheme(), host, port, null, null);
        }
        int colon = login.indexOf(':');
        String user = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        return new Proxy(address.getScheme(), host, port, decoded(user), decoded(password));
    }

    static int standardPort(String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }

    /** The name as a socket takes it. */
    String bareHost() {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** As the HTTP client takes it. */
    Relay relay() {
        Login login = user == null ? null : new Login(user, password == null ? "" : password);
        return new Relay("https".equals(scheme), bareHost(), port, login);
    }

    /** Shows neither user nor password. */
    @Override
    public String toString() {
        return scheme + "://" + (user == null ? "" : "***@") + host + ":" + port;
    }

    private static String expected() {
        return "http://HOST:PORT or http://USER:PASSWORD@HOST:PORT";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
