package io.sessionevents.local.command.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Asks for pages as the module on the page does: every five seconds, with the tag of what it has. */
final class PageViewers implements AutoCloseable {
    private static final long PERIOD_MILLIS = 5_000;
    private static final int NOT_MODIFIED = 304;

    private final List<URI> addresses;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final ConcurrentHashMap<Integer, String> tags = new ConcurrentHashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private List<ScheduledFuture<?>> open = List.of();

    /** @param addresses one of each page */
    PageViewers(List<URI> addresses) {
        this.addresses = addresses;
    }

    /** Whether the first page is there. */
    boolean served() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(addresses.getFirst().resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens all, one after the other, so that they do not ask all at once. */
    void open() {
        open = IntStream.range(0, addresses.size())
                .<ScheduledFuture<?>>mapToObj(i -> clock.scheduleAtFixedRate(
                        () -> ask(i), i * PERIOD_MILLIS / addresses.size(), PERIOD_MILLIS, TimeUnit.MILLISECONDS))
                .toList();
    }

    void shut() {
        open.forEach(page -> page.cancel(false));
    }

    /** Answers so far. */
    long answered() {
        return answered.get();
    }

    /** How many of them said that nothing has changed, from 0 to 1. */
    double shareOfUnchanged() {
        return (double) unchanged.get() / Math.max(1, answered.get());
    }

    private void ask(int page) {
        var request = HttpRequest.newBuilder(addresses.get(page)).timeout(Duration.ofSeconds(10));
        String tag = tags.get(page);
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        var _ = client.sendAsync(request.build(), BodyHandlers.ofString()).thenAccept(answer -> {
            answered.incrementAndGet();
            if (answer.statusCode() == NOT_MODIFIED) {
                unchanged.incrementAndGet();
            }
            answer.headers().firstValue("ETag").ifPresent(next -> tags.put(page, next));
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.close();
    }
}
