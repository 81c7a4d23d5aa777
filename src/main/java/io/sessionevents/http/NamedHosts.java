package io.sessionevents.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Under which names the API is reached. Where only this machine reaches it, a browser on it does too, and any web site can give its own
 * name the address 127.0.0.1 and have its scripts read what is answered (DNS rebinding): only an address, {@code localhost} and what was
 * configured are no such name. Where others reach it, its names are those of proxies and services, which nobody here knows.
 *
 * @param checked whether only this machine reaches it
 * @param own names that were configured
 */
record NamedHosts(boolean checked, List<String> own) {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+(%[^]]*)?]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    /**
     * Those of an endpoint.
     *
     * @param host address or name, as it was configured
     * @param advertised where other instances reach it, {@code host:port}; null if that is not configured
     */
    static NamedHosts of(InetAddress bound, String host, @Nullable String advertised) {
        return new NamedHosts(
                bound.isLoopbackAddress(),
                advertised == null ? List.of(name(host)) : List.of(name(host), name(advertised)));
    }

    /** @param hosts of the request, each a name or an address, with or without port; none: no browser sent it */
    boolean take(List<String> hosts) {
        return !checked || hosts.stream().map(NamedHosts::name).allMatch(this::takes);
    }

    private boolean takes(String name) {
        return name.equals("localhost")
                || own.contains(name)
                || ADDRESS.matcher(name).matches();
    }

    private static String name(String host) {
        return PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    /** What is answered to others. */
    static HttpAnswer misdirected() {
        return HttpAnswer.problem(
                421,
                "Misdirected request",
                "Expected an IP address, localhost or the name in http.host in the header Host, because http.host is an"
                        + " address of this machine alone. Behind a proxy, have it send such a Host, or set"
                        + " http.advertised.address to the name.");
    }
}
