package io.sessionevents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other instances, each for what it keeps itself. No answer takes longer than {@link #TIMEOUT} or more than {@link
 * #LARGEST_ANSWER_BYTES}.
 */
final class Peers implements AutoCloseable {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** Twice what a page of sessions has. */
    static final long LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** What another instance answered. */
    record Reply(int status, JsonNode body) {}

    /**
     * Asks one.
     *
     * @return null if it does not answer, or with something that is no JSON
     */
    @Nullable
    Reply ask(String address, String pathAndQuery) throws InterruptedException {
        return ask(List.of(address), pathAndQuery).get(address);
    }

    /** Asks all at once; by address, null for those that do not answer. */
    Map<String, @Nullable Reply> ask(Collection<String> addresses, String pathAndQuery) throws InterruptedException {
        Map<String, CompletableFuture<HttpResponse<byte[]>>> sent = new LinkedHashMap<>();
        addresses.forEach(address -> sent.put(address, send(address, pathAndQuery)));
        try {
            CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new))
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever has answered is heard below.
        }
        Map<String, @Nullable Reply> replies = new LinkedHashMap<>();
        sent.forEach((address, reply) -> {
            replies.put(address, reply.state() == Future.State.SUCCESS ? read(reply.resultNow()) : null);
            reply.cancel(true);
        });
        return replies;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String address, String pathAndQuery) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + address + pathAndQuery))
                    .timeout(TIMEOUT)
                    .header(ApiRequest.SCOPE_HEADER, ApiRequest.LOCAL)
                    .build();
            return client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Reply read(HttpResponse<byte[]> response) {
        try {
            return new Reply(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            return null;
        }
    }
}
