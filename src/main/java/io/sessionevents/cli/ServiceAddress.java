package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sessionevents.masking.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a running service is asked, and how: with the plainest HTTP client of the JDK, whose classes are loaded soonest. */
final class ServiceAddress {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    @Option(names = "--url", paramLabel = "URL", description = "Of the service; default ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8080");

    /**
     * What was answered.
     *
     * @param body missing where it is no JSON
     */
    record Answer(int status, JsonNode body) {}

    /** @throws ParameterException if the URL is none */
    void check(CommandLine command) {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new ParameterException(
                    command,
                    "--url \"" + Secrets.urls(url.toString())
                            + "\", expected an http or https URL such as http://127.0.0.1:8080");
        }
    }

    /**
     * Asks.
     *
     * @param path with query, beginning with a slash
     * @throws CommandFailedException if nothing answers
     */
    Answer get(String path, Duration patience) {
        try {
            return ask(URI.create(url.toString().replaceFirst("/+$", "") + path), patience);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "No service answers at " + url + ": " + (e.getMessage() == null ? e.toString() : e.getMessage())
                            + ". Start it, or set --url (http.host and http.port say where it listens).",
                    e);
        }
    }

    private static Answer ask(URI asked, Duration patience) throws IOException {
        var connection = (HttpURLConnection) asked.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) patience.toMillis());
        try {
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, json(body == null ? "" : new String(body.readNBytes(LARGEST_ANSWER), UTF_8)));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            // The caller says what it has expected instead.
            return MissingNode.getInstance();
        }
    }

    /** For an answer that is not what was asked for. */
    CommandFailedException unexpected(Answer answer, String expected) {
        String detail = answer.body().path("detail").asText().replaceAll("\\p{Cntrl}", "?");
        return new CommandFailedException(
                detail.isEmpty()
                        ? "The answer of " + url + " (HTTP " + answer.status() + ") is no " + expected + "."
                        : detail);
    }
}
