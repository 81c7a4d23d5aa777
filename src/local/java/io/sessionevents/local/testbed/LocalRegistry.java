package io.sessionevents.local.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * A small schema registry that speaks Confluent's API over real HTTP: register, look up, fetch by id and by version, check
 * compatibility (full, transitive). Keeps what it holds in memory, through {@link #stop} and {@link #start} too.
 */
public final class LocalRegistry implements Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEVEL = "FULL_TRANSITIVE";
    private static final int BIND_ATTEMPTS = 100;
    private static final long BIND_PAUSE_NANOS = 50_000_000;
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Options options;
    private final Subjects subjects = new Subjects();
    private final Said.ByIds saidByIds = new Said.ByIds();
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService executor;

    /**
     * How it is reached.
     *
     * @param port 0 for a free one
     * @param path before every path of the API, for example {@code /apis/ccompat/v7}; empty for none
     * @param authorization header that a client must send; null: anyone may come
     * @param tls null: plain HTTP
     * @param clientCertificate whether a client must show a certificate
     */
    public record Options(
            int port,
            String path,
            @Nullable String authorization,
            @Nullable SSLContext tls,
            boolean clientCertificate) {
        public static final Options PLAIN = new Options(0, "", null, null, false);

        /** The header for a user and a password. */
        public static String basic(String userInfo) {
            return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
        }
    }

    /** An answer. */
    private record Answer(int status, JsonNode body) {
        static Answer ok(Object body) {
            return new Answer(200, JSON.valueToTree(body));
        }

        static Answer error(int code, String message) {
            ObjectNode body = JSON.createObjectNode().put("error_code", code).put("message", message);
            return new Answer(code >= 1000 ? code / 100 : code, body);
        }
    }

    /** From now on that is answered for the id. */
    public void say(int id, Said said) {
        saidByIds.all().put(id, said);
    }

    private LocalRegistry(Options options) {
        this.options = options;
        this.port = options.port();
    }

    /** Starts a registry that holds nothing. */
    public static LocalRegistry start(Options options) throws IOException {
        var registry = new LocalRegistry(options);
        registry.start();
        return registry;
    }

    /** Starts it again on the same port after {@link #stop}; waits for the system to give the port back. */
    @Override
    public void start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                return;
            } catch (BindException e) {
                if (attempt == BIND_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(BIND_PAUSE_NANOS);
            }
        }
    }

    private void listen(InetSocketAddress address) throws IOException {
        HttpServer http;
        if (options.tls() == null) {
            http = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(configurator(options.tls()));
            http = https;
        }
        executor = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(executor);
        http.createContext("/", this::handle);
        http.start();
        port = http.getAddress().getPort();
        server = http;
    }

    private HttpsConfigurator configurator(SSLContext tls) {
        return new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = tls.getDefaultSSLParameters();
                ssl.setNeedClientAuth(options.clientCertificate());
                parameters.setSSLParameters(ssl);
            }
        };
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    @Override
    public String url() {
        return (options.tls() == null ? "http" : "https") + "://localhost:" + port + options.path();
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<Said> said = saidByIds.at(exchange.getRequestURI().getPath());
        if (said.isPresent()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(said.get().after()));
            send(
                    exchange,
                    said.get().status(),
                    said.get().contentType(),
                    said.get().body());
            return;
        }
        Answer answer = authorized(exchange) ? answer(exchange, body) : Answer.error(401, "Unauthorized");
        send(exchange, answer.status(), CONTENT_TYPE, answer.body().toString());
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private boolean authorized(HttpExchange exchange) {
        return options.authorization() == null
                || options.authorization().equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(options.path())) {
            return Answer.error(404, "HTTP 404 Not Found");
        }
        String[] parts =
                path.substring(options.path().length()).replaceFirst("^/", "").split("/", -1);
        String route = exchange.getRequestMethod() + " " + parts[0] + " " + parts.length;
        try {
            return switch (route) {
                case "GET subjects 1" -> Answer.ok(subjects.names());
                case "POST subjects 2" -> lookUp(parts[1], schema(body));
                case "GET subjects 3" -> versions(parts[1]);
                case "POST subjects 3" -> register(parts[1], schema(body));
                case "GET subjects 4" -> version(parts[1], parts[3]);
                case "GET schemas 3" -> byId(parts[2]);
                case "GET schemas 2" -> Answer.ok(new String[] {"AVRO"});
                case "GET config 1", "GET config 2" ->
                    new Answer(200, JSON.createObjectNode().put("compatibilityLevel", LEVEL));
                case "PUT config 1", "PUT config 2" -> configure(JSON.readTree(body));
                case "POST compatibility 5" ->
                    new Answer(
                            200,
                            JSON.createObjectNode().put("is_compatible", subjects.compatible(parts[2], schema(body))));
                default -> Answer.error(404, "HTTP 404 Not Found");
            };
        } catch (SchemaParseException | IOException e) {
            return Answer.error(42201, "Input schema is an invalid Avro schema");
        } catch (NumberFormatException e) {
            return Answer.error(42202, "The specified version or id is not a number");
        }
    }

    /** It knows the one level only that the subjects of this project have. */
    private static Answer configure(JsonNode wanted) {
        String level = wanted.path("compatibility").asText();
        return level.equals(LEVEL)
                ? new Answer(200, JSON.createObjectNode().put("compatibility", LEVEL))
                : Answer.error(42203, "Invalid compatibility level " + level + ", expected " + LEVEL);
    }

    private static Schema schema(byte[] body) throws IOException {
        return new Schema.Parser().parse(JSON.readTree(body).path("schema").asText());
    }

    private Answer register(String subject, Schema schema) {
        try {
            return new Answer(
                    200,
                    JSON.createObjectNode()
                            .put("id", subjects.register(subject, schema).id()));
        } catch (Subjects.Incompatible e) {
            return Answer.error(409, String.valueOf(e.getMessage()));
        }
    }

    private Answer lookUp(String subject, Schema schema) {
        if (subjects.versions(subject).isEmpty()) {
            return Answer.error(40401, "Subject '" + subject + "' not found.");
        }
        return subjects.find(subject, schema)
                .map(LocalRegistry::describe)
                .orElseGet(() -> Answer.error(40403, "Schema not found"));
    }

    private Answer versions(String subject) {
        var versions = subjects.versions(subject);
        return versions.isEmpty()
                ? Answer.error(40401, "Subject '" + subject + "' not found.")
                : Answer.ok(versions.stream().map(Subjects.Version::version).toList());
    }

    private Answer version(String subject, String wanted) {
        var versions = subjects.versions(subject);
        if (versions.isEmpty()) {
            return Answer.error(40401, "Subject '" + subject + "' not found.");
        }
        int number = wanted.equals("latest") ? versions.size() : Integer.parseInt(wanted);
        return number < 1 || number > versions.size()
                ? Answer.error(40402, "Version " + wanted + " not found.")
                : describe(versions.get(number - 1));
    }

    private Answer byId(String id) {
        Optional<Schema> schema = subjects.byId(Integer.parseInt(id));
        return schema.map(found -> new Answer(200, JSON.createObjectNode().put("schema", found.toString())))
                .orElseGet(() -> Answer.error(40403, "Schema " + id + " not found"));
    }

    private static Answer describe(Subjects.Version version) {
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put("subject", version.subject())
                        .put("version", version.version())
                        .put("id", version.id())
                        .put("schema", version.schema().toString()));
    }
}
