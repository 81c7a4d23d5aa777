package io.sessionevents.emr;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** An endpoint on a free port that gives the answers it was told to, the last one for ever. */
public final class FakeEmr implements AutoCloseable {
    static final SessionKey KEY = new SessionKey("00f1app", "00f1session");
    static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));
    public static final TimeSource TIME = new TimeSource(InstantSource.system(), System::nanoTime);
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A session with the ten required members only. */
    static final String REQUIRED_ONLY = """
            {"session": {"applicationId": "00f1app", "sessionId": "00f1session",
             "arn": "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1app/sessions/00f1session",
             "state": "IDLE", "stateDetails": "waiting", "releaseLabel": "emr-7.13.0",
             "executionRoleArn": "arn:aws:iam::123456789012:role/spark", "createdBy": "arn:aws:iam::123456789012:user/ann",
             "createdAt": 1700000000.25, "updatedAt": 1700000060.5}}""";

    /** One answer. */
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    /** @param query as it was sent; null if there was none */
    public record Request(
            String method, String path, @Nullable String query, Headers headers) {}

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile List<Answer> answers;
    private volatile int requestsBefore;

    public FakeEmr(Answer... answers) {
        this.answers = List.of(answers);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** From the next request on. */
    public void answers(Answer... next) {
        answers = List.of(next);
        requestsBefore = requests.size();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    EmrServerlessClient client(Duration attemptTimeout) {
        return EmrClients.create(new EmrSettings("eu-west-1", null, uri(), attemptTimeout, 8), "9.9", CREDENTIALS);
    }

    static Answer found() {
        return answer(200, REQUIRED_ONLY);
    }

    /** @param headers each as {@code Name: value} */
    public static Answer answer(int status, String body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
            for (String header : headers) {
                int colon = header.indexOf(": ");
                exchange.getResponseHeaders().set(header.substring(0, colon), header.substring(colon + 2));
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Without any header of AWS's. */
    static Answer unmarked(int status, String body) {
        return unmarked(status, body, Map.of());
    }

    /** With these headers only. */
    static Answer unmarked(int status, String body, Map<String, String> headers) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    static Answer reset() {
        return HttpExchange::close;
    }

    /** Announces more than it sends. */
    static Answer cutShort() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write("{\"session\": {".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    Answer silence() {
        return exchange -> {
            try {
                closed.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders()));
        List<Answer> now = answers;
        now.get(Math.min(requests.size() - requestsBefore, now.size()) - 1).give(exchange);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
