package io.sessionevents.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the YAML under deploy/, and knows Kubernetes' schemas of what is there. */
final class Manifests {
    static final Path DIRECTORY = Path.of("deploy/kubernetes");
    private static final ObjectMapper YAML = new YAMLMapper(new YAMLFactory());

    /** Of kinds that the API server itself knows. */
    private static final Map<String, Schema> SCHEMAS = Map.of(
            "v1/Namespace", V1Namespace::validateJsonElement,
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
            "apps/v1/StatefulSet", V1StatefulSet::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private interface Schema {
        void validate(JsonElement manifest) throws IOException;
    }

    private Manifests() {}

    /** Every document of a file. */
    static List<JsonNode> read(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents(String text) throws IOException {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll();
        }
    }

    /**
     * Refuses unknown fields, missing ones and wrong types.
     *
     * @throws IllegalArgumentException if the manifest does not keep to its schema
     */
    static void validate(JsonNode manifest) throws IOException {
        String kind = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        Schema schema = SCHEMAS.get(kind);
        if (schema == null) {
            throw new IllegalArgumentException("no schema of " + kind + ", expected one of " + SCHEMAS.keySet());
        }
        schema.validate(JsonParser.parseString(manifest.toString()));
    }

    /** What kustomize makes of a directory; empty, and said in a line, where there is no kubectl. */
    static Optional<List<JsonNode>> render(Path directory) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            System.out.println("skipped: rendering " + directory + ", for there is no kubectl");
            return Optional.empty();
        }
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("kubectl kustomize " + directory + " ended with " + code);
        }
        return Optional.of(documents(text));
    }

    static JsonNode ofKind(List<JsonNode> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** The variables of a container, one put into another; those that come from elsewhere have the value {@code elsewhere}. */
    static Map<String, String> environment(JsonNode container) {
        Map<String, String> variables = new TreeMap<>();
        container.path("env").forEach(variable -> {
            boolean jaas = variable.get("name").asText().endsWith("JAAS_CONFIG");
            String value = variable.path("value").asText(jaas ? "elsewhere.Module required;" : "elsewhere");
            for (var earlier : variables.entrySet()) {
                value = value.replace("$(" + earlier.getKey() + ")", earlier.getValue());
            }
            variables.put(variable.get("name").asText(), value);
        });
        return variables;
    }

    /** The variables that an image sets. */
    static Map<String, String> environment(Path dockerfile) {
        Map<String, String> variables = new HashMap<>();
        lines(dockerfile).stream()
                .filter(line -> line.matches("(ENV )?\\s*[A-Z_]+=.*"))
                .map(line -> line.replaceFirst("ENV ", "")
                        .replaceFirst("\\s*\\\\$", "")
                        .strip())
                .forEach(line ->
                        variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return variables;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
