package io.sessionevents.local.command.demo;

import io.sessionevents.ServiceRun;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The command {@code run}, all of it, in a thread of this process. */
final class DemoService implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI url;
    private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private DemoService(Configuration configuration) {
        this.url = URI.create("http://" + configuration.http().host() + ":"
                + configuration.http().port());
    }

    /** Starts it; its port of HTTP must be said. */
    static DemoService start(Configuration configuration) {
        var service = new DemoService(configuration);
        Thread.ofPlatform().name("demo-service").start(() -> service.run(configuration));
        return service;
    }

    private void run(Configuration configuration) {
        try {
            end.complete(new ServiceRun().run(configuration, interrupt::complete));
        } catch (InterruptedException | IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    URI url() {
        return url;
    }

    /** Whether it is at work; asks as a load balancer does. */
    boolean ready() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(url.resolve("/health/ready"))
                    .timeout(TIMEOUT)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has come to its end, asked or not. */
    boolean ended() {
        return end.isDone();
    }

    /**
     * Interrupts it as Ctrl-C does, and waits: whether it ended well.
     *
     * @throws java.util.concurrent.CompletionException with what it failed by
     */
    boolean end() {
        var _ = interrupt.thenAccept(Runnable::run);
        return end.join() == 0;
    }

    /** Waits for its end, too; how it ended, {@link #end} tells. */
    @Override
    public void close() {
        var _ = interrupt.thenAccept(Runnable::run);
        int _ = end.exceptionally(failure -> 1).join();
        client.close();
    }
}
