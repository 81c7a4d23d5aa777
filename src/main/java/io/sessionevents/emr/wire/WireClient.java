package io.sessionevents.emr.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The HTTP client that the SDK is given. Used by many threads; it has none of its own. */
final class WireClient implements SdkHttpClient {
    private final Ways ways;
    private final Dial dial;
    private final int most;
    private final Departure departure;
    private final Map<Route, Connections> connections = new ConcurrentHashMap<>();
    private final Set<Relay> wantLogin = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Connections latest;
    private volatile boolean closed;

    /** @param most connections to one endpoint at any time */
    WireClient(Ways ways, Dial dial, int most, Departure departure) {
        this.ways = ways;
        this.dial = dial;
        this.most = most;
        this.departure = departure;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Call(request, connections(request.httpRequest()), departure, wantLogin);
    }

    /** Nearly every request goes where the one before went. */
    private Connections connections(SdkHttpRequest request) {
        Connections before = latest;
        if (before != null && before.route().isOf(request)) {
            return before;
        }
        Connections found =
                connections.computeIfAbsent(Route.of(request, ways), route -> new Connections(route, dial, most));
        latest = found;
        if (closed) {
            close();
        }
        return found;
    }

    @Override
    public String clientName() {
        return "SessionEvents";
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Connections each : connections.values()) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
