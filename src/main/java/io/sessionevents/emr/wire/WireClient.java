package io.sessionevents.emr.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** The HTTP client that the SDK is given. Used by many threads; it has none of its own. */
final class WireClient implements SdkHttpClient {
    private final Ways ways;
    private final Connections connections;
    private final Set<Relay> wantLogin = ConcurrentHashMap.newKeySet();

    WireClient(Ways ways, Connections connections) {
        this.ways = ways;
        this.connections = connections;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Call(request, Route.of(request.httpRequest(), ways), connections, wantLogin);
    }

    @Override
    public String clientName() {
        return "SessionEvents";
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
