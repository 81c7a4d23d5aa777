package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sessionevents.masking.Secrets;
import io.sessionevents.session.Printable;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a running service is asked, and how: with the plainest HTTP client of the JDK, whose classes are loaded soonest. */
final class ServiceAddress {
    private static final int LAST_PORT = 65_535;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    private final CommandContext context;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Of the service; default what http.host and http.port of the configuration say.")
    private @Nullable URI url;

    ServiceAddress(CommandContext context) {
        this.context = context;
    }

    /**
     * What was answered.
     *
     * @param body missing where it is no JSON
     */
    record Answer(int status, JsonNode body) {}

    /**
     * Decides whom to ask: that URL, or else the service that is configured.
     *
     * @throws ParameterException if the URL is none, or the configured port may be any
     */
    void choose(CommandLine command) {
        if (url == null) {
            url = Configuration.serviceUrl(configuration.loader(context));
            if (url == null) {
                throw new ParameterException(
                        command, "http.port is 0, a free port: give --url the address that the service logged");
            }
        } else if (url.getHost() == null
                || url.getPort() > LAST_PORT
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
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
            return ask(URI.create(requireNonNull(url).toString().replaceFirst("/+$", "") + path), patience);
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
        String detail = Printable.of(answer.body().path("detail").asText());
        return new CommandFailedException(
                detail.isEmpty()
                        ? "The answer of " + url + " (HTTP " + answer.status() + ") is no " + expected + "."
                        : detail);
    }
}
