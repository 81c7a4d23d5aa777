package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The client under test, for which every name is one of this machine. */
record Client(WireClient http) implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(5);

    static Client direct() {
        return with(LONG, 8, System::nanoTime, null, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    static Client through(Relay relay, Supplier<SSLSocketFactory> tls) {
        return with(LONG, 8, System::nanoTime, relay, tls);
    }

    static Client with(
            Duration read, int connections, LongSupplier nanos, @Nullable Relay relay, Supplier<SSLSocketFactory> tls) {
        return new Client(client(read, connections, nanos, relay, tls, Departure.AT_ONCE));
    }

    static Client departing(Departure departure) {
        return new Client(client(
                LONG, 8, System::nanoTime, null, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), departure));
    }

    private static WireClient client(
            Duration read,
            int connections,
            LongSupplier nanos,
            @Nullable Relay relay,
            Supplier<SSLSocketFactory> tls,
            Departure departure) {
        Names here = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        var dial = new Dial(Patience.alone(LONG, read), tls, here, nanos);
        return new WireClient(endpoint -> relay, dial, connections, departure);
    }

    /** What came. */
    record Got(int status, String body) {}

    Got get(String url) throws IOException {
        return read(prepare(url).call());
    }

    /** Made on a virtual thread: what came, or the exception. */
    CompletableFuture<Got> begin(ExecutableHttpRequest call) {
        var got = new CompletableFuture<Got>();
        Thread.ofVirtual().start(() -> complete(got, call));
        return got;
    }

    /** Makes it, and tells what came, or the exception. */
    static void complete(CompletableFuture<Got> got, ExecutableHttpRequest call) {
        try {
            got.complete(read(call.call()));
        } catch (IOException | RuntimeException e) {
            got.completeExceptionally(e);
        }
    }

    static Got read(HttpExecuteResponse answer) throws IOException {
        String body = answer.responseBody().isEmpty()
                ? ""
                : new String(answer.responseBody().get().readAllBytes(), UTF_8);
        return new Got(answer.httpResponse().statusCode(), body);
    }

    ExecutableHttpRequest prepare(String url) {
        return prepare(SdkHttpMethod.GET, url, "");
    }

    ExecutableHttpRequest prepare(SdkHttpMethod method, String url, String body) {
        var request = HttpExecuteRequest.builder()
                .request(SdkHttpRequest.builder()
                        .method(method)
                        .uri(URI.create(url))
                        .putHeader("User-Agent", "test")
                        .build());
        if (!body.isEmpty()) {
            request.contentStreamProvider(ContentStreamProvider.fromUtf8String(body));
        }
        return http.prepareRequest(request.build());
    }

    @Override
    public void close() {
        http.close();
    }
}
