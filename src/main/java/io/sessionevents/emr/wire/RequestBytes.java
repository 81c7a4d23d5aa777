package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A request as it is sent. Text is UTF-8, as it was when it was signed. */
final class RequestBytes {
    /** What belongs to the connection, and is said here. */
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "host", "proxy-authorization", "transfer-encoding");

    private static final Set<SdkHttpMethod> WITHOUT_BODY =
            Set.of(SdkHttpMethod.GET, SdkHttpMethod.HEAD, SdkHttpMethod.DELETE, SdkHttpMethod.OPTIONS);

    private static final int USUAL_BYTES = 2 << 10;

    private RequestBytes() {}

    /**
     * Head and body in one piece.
     *
     * @param login for the proxy that the request goes to; null if it goes to none, or that has not asked for one
     * @throws ProtocolException if there is anything in it that would make something else of it
     */
    static byte[] of(SdkHttpRequest request, byte[] body, Route route, @Nullable Login login) throws IOException {
        var head = new StringBuilder(USUAL_BYTES);
        head.append(request.method()).append(' ');
        if (route.forwarded()) {
            head.append("http://").append(HeaderText.target(host(request)));
        }
        String path = request.encodedPath();
        head.append(path.isEmpty() ? "/" : HeaderText.target(path));
        var query = request.encodedQueryParameters();
        if (query.isPresent()) {
            head.append('?').append(HeaderText.target(query.get()));
        }
        head.append(" HTTP/1.1\r\n");
        add(head, "Host", host(request));
        for (var header : request.headers().entrySet()) {
            if (!OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                add(head, header.getKey(), header.getValue());
            }
        }
        if (body.length > 0 || !WITHOUT_BODY.contains(request.method())) {
            add(head, "Content-Length", Integer.toString(body.length));
        }
        if (login != null) {
            add(head, "Proxy-Authorization", login.basic());
        }
        return joined(head.append("\r\n").toString().getBytes(UTF_8), body);
    }

    private static byte[] joined(byte[] head, byte[] body) {
        if (body.length == 0) {
            return head;
        }
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static void add(StringBuilder head, String name, List<String> values) throws ProtocolException {
        for (String value : values) {
            add(head, name, value);
        }
    }

    private static void add(StringBuilder head, String name, String value) throws ProtocolException {
        head.append(HeaderText.name(name))
                .append(": ")
                .append(HeaderText.value(value))
                .append("\r\n");
    }

    /** As it was signed, else as the address says. */
    private static String host(SdkHttpRequest request) {
        return request.firstMatchingHeader("Host").orElseGet(() -> {
            boolean standard = request.port() == (request.protocol().equals("https") ? 443 : 80);
            return standard ? request.host() : request.host() + ":" + request.port();
        });
    }
}
