package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Answers exactly what a test wants, over real HTTP; the last answer stays. */
final class FakeEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Map<String, List<String>>> requests = new CopyOnWriteArrayList<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** An answer; status 0 resets the connection, -1 is silence. */
    record Answer(int status, String body, Map<String, String> headers) {
        static final Answer RESET = new Answer(0, "", Map.of());
        static final Answer SILENCE = new Answer(-1, "", Map.of());

        static Answer json(String body) {
            return new Answer(200, body, Map.of());
        }

        static Answer error(int status, String code) {
            return new Answer(status, "{\"message\":\"it failed\"}", Map.of("x-amzn-ErrorType", code));
        }
    }

    FakeEndpoint(Answer... wanted) throws IOException {
        answers.addAll(List.of(wanted));
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int attempts() {
        return requests.size();
    }

    List<Long> arrivals() {
        return arrivals;
    }

    String header(String name) {
        return requests.getFirst().getOrDefault(name, List.of("")).getFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        arrivals.add(System.nanoTime());
        requests.add(Map.copyOf(exchange.getRequestHeaders()));
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        if (answer.status() <= 0) {
            if (answer.status() < 0) {
                awaitEnd();
            }
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
