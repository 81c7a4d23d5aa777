package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.masking.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Uses the plainest HTTP client of the JDK: a container starts this command every few seconds. */
@Command(
        name = "health",
        description = {
            "Asks a running service whether it is at work, and prints one line per check.",
            "Exit code 0 if it is, 1 if it is not or does not answer."
        })
final class HealthCommand implements Callable<Integer> {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int LARGEST_ANSWER = 64 * 1024;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", description = "Of the service; default ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @ArgGroup
    private @Nullable Kind kind;

    private static final class Kind {
        @Option(names = "--live", description = "Asks whether the process works at all.")
        private boolean live;

        @Option(names = "--started", description = "Asks whether it has found everything that it needs to begin.")
        private boolean started;
    }

    @Override
    public Integer call() {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--url \"" + Secrets.urls(url.toString())
                            + "\", expected an http or https URL such as http://127.0.0.1:8080");
        }
        URI asked = URI.create(url.toString().replaceFirst("/+$", "") + "/health/" + path());
        JsonNode answer;
        try {
            answer = ask(asked);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "No health at " + asked + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()) + ".", e);
        }
        return print(answer) ? 0 : 1;
    }

    private String path() {
        if (kind != null && kind.live) {
            return "live";
        }
        return kind != null && kind.started ? "started" : "ready";
    }

    private static JsonNode ask(URI asked) throws IOException {
        var connection = (HttpURLConnection) asked.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = body == null ? "" : new String(body.readNBytes(LARGEST_ANSWER), UTF_8);
            JsonNode json = new ObjectMapper().readTree(text);
            if (!json.path("status").isTextual()) {
                throw new IOException("the answer (HTTP " + status + ") is no health");
            }
            return json;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("the answer (HTTP " + status + ") is no health", e);
        } finally {
            connection.disconnect();
        }
    }

    private boolean print(JsonNode answer) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        for (JsonNode check : answer.path("checks")) {
            out.printf(
                    "%-4s %-12s %s%n",
                    text(check.path("status")),
                    text(check.path("name")),
                    text(check.path("data").path("detail")));
        }
        out.flush();
        return answer.path("status").asText().equals("UP");
    }

    private static String text(JsonNode node) {
        return node.asText().replaceAll("\\p{Cntrl}", "?");
    }
}
