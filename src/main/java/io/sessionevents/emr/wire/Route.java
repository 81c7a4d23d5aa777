package io.sessionevents.emr.wire;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Where a connection leads, and how. Connections are kept for calls with an equal one.
 *
 * @param encrypted whether the endpoint is spoken to by TLS
 * @param host name or address of the endpoint, without brackets
 * @param relay null if there is no proxy
 */
record Route(
        boolean encrypted, String host, int port, @Nullable Relay relay) {

    static Route of(SdkHttpRequest request, Ways ways) {
        String host = request.host();
        return new Route(
                request.protocol().equals("https"),
                host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
                request.port(),
                ways.to(URI.create(request.protocol() + "://" + host + ":" + request.port())));
    }

    /** Whether the request goes there. */
    boolean isOf(SdkHttpRequest request) {
        return request.port() == port
                && request.host().equals(host)
                && request.protocol().equals("https") == encrypted;
    }

    /** Whether the proxy is asked to make the request itself, and so sees it. */
    boolean forwarded() {
        return relay != null && !encrypted;
    }

    /** Host and port, as a CONNECT names them. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
