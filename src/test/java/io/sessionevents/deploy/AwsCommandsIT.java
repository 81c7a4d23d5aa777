package io.sessionevents.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionevents.DocumentBlocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commands of the documents that call AWS's own client, which sends them to a server that takes everything. */
class AwsCommandsIT {
    private static final Pattern FILE = Pattern.compile("file://(\\S+)");

    /**
     * What became of a command.
     *
     * @param requests what the client sent: the path, or the decoded form
     */
    private record Run(String command, int code, String printed, List<String> requests) {}

    @Test
    void shouldBeUnderstoodByAwssClientAndSendWhatTheFilesSay() throws Exception {
        assumeTrue(available());
        List<String> commands = DocumentBlocks.all().stream()
                .flatMap(block -> block.commands().stream())
                .filter(line -> line.startsWith("aws "))
                .toList();
        assertThat(commands).hasSizeGreaterThan(8);

        List<Future<Run>> runs = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(4)) {
            commands.forEach(command -> runs.add(executor.submit(() -> run(command))));
        }

        for (Future<Run> run : runs) {
            assumeFalse(tooOld(run.get()));
            check(run.get());
        }
    }

    private static void check(Run run) throws IOException {
        assertThat(run.code()).as(run.command() + "%n%s", run.printed()).isZero();
        assertThat(run.requests()).as(run.command()).hasSize(1);
        String sent = run.requests().getFirst();
        String operation = List.of(run.command().split(" ")).get(2);
        if (run.command().startsWith("aws iam ")) {
            assertThat(sent).contains("Action=" + camelCase(operation) + "\n");
        }
        Matcher file = FILE.matcher(run.command());
        while (file.find()) {
            assertThat(sent).contains(Files.readString(Path.of(file.group(1))).strip());
        }
    }

    private static String camelCase(String operation) {
        return Arrays.stream(operation.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static Run run(String command) throws IOException, InterruptedException {
        var requests = new ConcurrentLinkedQueue<String>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> requests.add(take(exchange)));
        server.start();
        try {
            var builder = new ProcessBuilder(
                            List.of(command.replace("ACCOUNT", "123456789012").split(" +")))
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL",
                                    "http://127.0.0.1:" + server.getAddress().getPort(),
                            "AWS_ACCESS_KEY_ID", "AKIATEST",
                            "AWS_SECRET_ACCESS_KEY", "secret",
                            "AWS_DEFAULT_REGION", "eu-central-1",
                            "AWS_CONFIG_FILE", "/dev/null",
                            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                            "AWS_MAX_ATTEMPTS", "1",
                            // Whatever it asks elsewhere has no way there.
                            "HTTPS_PROXY", "http://127.0.0.1:1",
                            "NO_PROXY", "127.0.0.1"));
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Run(command, process.waitFor(), printed, List.copyOf(requests));
        } finally {
            server.stop(0);
        }
    }

    /** Answers in the protocol of the question. */
    private static String take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Matcher action = Pattern.compile("^Action=(\\w+)&").matcher(body);
        boolean form = action.find();
        byte[] answer =
                (form ? "<%1$sResponse><%1$sResult/></%1$sResponse>".formatted(action.group(1)) : "{}").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", form ? "text/xml" : "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        return form
                ? Arrays.stream(body.split("&"))
                        .map(field -> URLDecoder.decode(field, UTF_8))
                        .collect(Collectors.joining("\n"))
                : exchange.getRequestURI() + "\n" + body;
    }

    private static boolean available() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws")));
        if (!there) {
            System.out.println("skipped: AwsCommandsIT, for there is no aws on the PATH");
        }
        return there;
    }

    /** Of before there were sessions. */
    private static boolean tooOld(Run run) {
        boolean old = run.code() != 0
                && run.printed().contains("nvalid choice")
                && run.command().contains("-session");
        if (old) {
            System.out.println("skipped: AwsCommandsIT, for the aws on the PATH knows no sessions of EMR Serverless");
        }
        return old;
    }
}
