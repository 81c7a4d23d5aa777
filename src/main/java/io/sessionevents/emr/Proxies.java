package io.sessionevents.emr;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to a host, by the settings that other programs obey too: the system properties
 * {@code https.proxyHost}, {@code https.proxyPort}, {@code https.proxyUser}, {@code https.proxyPassword}, or else the
 * environment variable {@code HTTPS_PROXY}; the same with {@code http} for an endpoint that is reached by plain HTTP.
 * Variables in lower case go before those in upper case. What {@code NO_PROXY} or {@code http.nonProxyHosts} names is
 * reached directly, see {@link ProxyExceptions}.
 *
 * <p>The SDK's own reading is not used: it looks at the settings for plain HTTP only, unless it is told that the proxy
 * itself speaks TLS.
 */
public final class Proxies {
    /** Every host is reached directly. */
    public static final Proxies NONE = new Proxies(Map.of(), name -> null);

    private final Map<String, String> environment;
    private final Function<String, @Nullable String> properties;

    private Proxies(Map<String, String> environment, Function<String, @Nullable String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /**
     * The proxies that are set there.
     *
     * @param properties gives a system property, null if it is not set
     */
    public static Proxies of(Map<String, String> environment, Function<String, @Nullable String> properties) {
        return new Proxies(Map.copyOf(environment), properties);
    }

    /**
     * The proxy on the way there; empty if it is reached directly.
     *
     * @throws IllegalArgumentException if the setting is none; the message says which, and shows no secret
     */
    Optional<Proxy> to(URI endpoint) {
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        int port = endpoint.getPort() < 0 ? Proxy.standardPort(scheme) : endpoint.getPort();
        if (exceptions().contain(endpoint.getHost(), port)) {
            return Optional.empty();
        }
        Optional<Proxy> byProperty = property(scheme + ".proxyHost").map(host -> byProperties(scheme, host));
        return byProperty.isPresent() ? byProperty : byVariable(scheme);
    }

    private Proxy byProperties(String scheme, String host) {
        String name = scheme + ".proxyPort";
        String port = property(name).orElse(Integer.toString(Proxy.standardPort(scheme)));
        try {
            String address = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
            return new Proxy(
                    "http",
                    address,
                    Integer.parseInt(port),
                    property(scheme + ".proxyUser").orElse(null),
                    property(scheme + ".proxyPassword").orElse(null));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " is \"" + Text.brief(port) + "\", expected a port from 1 to 65535", e);
        }
    }

    private Optional<Proxy> byVariable(String scheme) {
        String name = scheme + "_proxy";
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .filter(each -> !environment.getOrDefault(each, "").isBlank())
                .findFirst()
                .map(each -> Proxy.parse(each, environment.getOrDefault(each, "")));
    }

    private ProxyExceptions exceptions() {
        return new ProxyExceptions(List.of(
                Stream.of("no_proxy", "NO_PROXY")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse(""),
                property("http.nonProxyHosts").orElse("")));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Proxies";
    }
}
