package io.sessionevents.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where other instances reach this one over HTTP. */
final class AdvertisedAddress {
    private static final Logger log = LoggerFactory.getLogger(AdvertisedAddress.class);

    private AdvertisedAddress() {}

    /**
     * What is configured, else the bound address, else the name of this machine.
     *
     * @return {@code host:port}; null if this machine does not know its name
     */
    static @Nullable String of(HttpSettings http, InetSocketAddress bound) {
        if (http.advertisedAddress() != null) {
            return http.advertisedAddress();
        }
        String host = bound.getAddress().isAnyLocalAddress() ? nameOfThisMachine() : literal(bound.getAddress());
        return host == null ? null : host + ":" + bound.getPort();
    }

    private static @Nullable String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            log.atWarn()
                    .log(
                            "This machine does not know its name, so other instances cannot ask this one for its sessions. Set http.advertised.address.");
            return null;
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replaceAll("%.*", "") + "]" : text;
    }
}
