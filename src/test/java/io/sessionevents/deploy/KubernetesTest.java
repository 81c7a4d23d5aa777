package io.sessionevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests under deploy/kubernetes, against Kubernetes' published schemas and against the image. */
class KubernetesTest {
    private static final Path DOCKERFILE = Path.of("deploy/docker/Dockerfile");
    private static final Path BASE = Manifests.DIRECTORY.resolve("base");
    private static final JsonNode STATEFUL_SET =
            Manifests.read(BASE.resolve("stateful-set.yaml")).getFirst();
    private static final JsonNode POD = STATEFUL_SET.at("/spec/template/spec");
    private static final JsonNode CONTAINER = POD.at("/containers/0");

    @TempDir
    private static Path directory;

    static Stream<Path> manifests() throws IOException {
        try (var files = Files.list(BASE)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
                    .toList()
                    .stream();
        }
    }

    static Stream<Path> kustomizations() {
        return Stream.of(
                BASE,
                Manifests.DIRECTORY.resolve("overlays/msk-iam"),
                Manifests.DIRECTORY.resolve("overlays/tls-scram"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void shouldBeValidAgainstThePublishedSchemas(Path file) {
        assertThat(Manifests.read(file))
                .isNotEmpty()
                .allSatisfy(manifest ->
                        assertThatCode(() -> Manifests.validate(manifest)).doesNotThrowAnyException());
    }

    @Test
    void shouldRefuseWhatTheSchemasDoNotKnow() {
        ObjectNode misspelt = STATEFUL_SET.deepCopy();
        ((ObjectNode) misspelt.at("/spec/template/spec/containers/0/livenessProbe/httpGet")).put("pathh", "/");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.validate(misspelt))
                .withMessageContaining("pathh");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void shouldRenderValidManifestsWithSettingsThatTheServiceAccepts(Path kustomization)
            throws IOException, InterruptedException {
        Optional<List<JsonNode>> rendered = Manifests.render(kustomization);
        if (rendered.isEmpty()) {
            return;
        }

        for (JsonNode manifest : rendered.get()) {
            Manifests.validate(manifest);
        }
        JsonNode container = Manifests.ofKind(rendered.get(), "StatefulSet").at("/spec/template/spec/containers/0");
        String properties = Manifests.ofKind(rendered.get(), "ConfigMap")
                .at("/data/session-events.properties")
                .asText();
        assertThat(load(properties, container).kafka().streamsApplicationId()).isEqualTo("session-events");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void shouldHaveSettingsThatTheServiceAccepts(Path kustomization) throws IOException {
        String properties = Files.readString(kustomization.resolve("session-events.properties"));

        Configuration configuration = load(properties, CONTAINER);

        assertThat(configuration.http()).extracting("host").isEqualTo("0.0.0.0");
        assertThat(configuration.kafka().passedOn()).containsEntry("group.instance.id", "elsewhere");
    }

    @Test
    void shouldRunAsTheUserOfTheImage() {
        String user = Manifests.lines(DOCKERFILE).stream()
                .filter(line -> line.startsWith("USER "))
                .findFirst()
                .orElseThrow();

        assertThat(user)
                .isEqualTo("USER " + POD.at("/securityContext/runAsUser").asText() + ":"
                        + POD.at("/securityContext/runAsGroup").asText());
        assertThat(POD.at("/securityContext/fsGroup")).isEqualTo(POD.at("/securityContext/runAsGroup"));
    }

    @Test
    void shouldMountTheVolumeWhereTheImageKeepsItsState() {
        String state = Manifests.environment(DOCKERFILE).get("KAFKA_STATE_DIR");

        assertThat(mount(volume -> volume.equals("state"))).isEqualTo(state);
        assertThat(STATEFUL_SET.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("state");
        assertThat(Manifests.lines(DOCKERFILE)).contains("VOLUME " + state);
    }

    @Test
    void shouldAskOneProbeForEachPathOfHealth() {
        assertThat(Map.of(
                        "startupProbe", path("startupProbe"),
                        "livenessProbe", path("livenessProbe"),
                        "readinessProbe", path("readinessProbe")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "startupProbe", "/health/started",
                        "livenessProbe", "/health/live",
                        "readinessProbe", "/health/ready"));
    }

    @Test
    void shouldKeepToTheRestrictedProfile() {
        assertThat(POD.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(POD.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode container = CONTAINER.get("securityContext");
        assertThat(container.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(POD.get("enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(POD.get("automountServiceAccountToken").asBoolean(true)).isFalse();
    }

    @Test
    void shouldSelectTheSamePodsEverywhere() {
        JsonNode labels = STATEFUL_SET.at("/spec/template/metadata/labels");

        assertThat(STATEFUL_SET.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(first("service.yaml").at("/spec/selector")).isEqualTo(labels);
        assertThat(first("disruption-budget.yaml").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(first("network-policy.yaml").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        assertThat(Manifests.read(Manifests.DIRECTORY.resolve("components/pod-monitor/pod-monitor.yaml"))
                        .getFirst()
                        .at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(first("service.yaml").at("/metadata/name")).isEqualTo(STATEFUL_SET.at("/spec/serviceName"));
    }

    /** Where no pod is ready the budget allows no disruption, and a drain would wait for ever. */
    @Test
    void shouldLetPodsThatAreNotReadyBeDrained() {
        assertThat(first("disruption-budget.yaml")
                        .at("/spec/unhealthyPodEvictionPolicy")
                        .asText())
                .isEqualTo("AlwaysAllow");
    }

    /** Prometheus calls the job so; rules and dashboard look for no other. */
    @Test
    void shouldBeScrapedAsTheJobOfTheRules() throws IOException {
        String label = Manifests.read(Manifests.DIRECTORY.resolve("components/pod-monitor/pod-monitor.yaml"))
                .getFirst()
                .at("/spec/jobLabel")
                .asText();
        String job =
                STATEFUL_SET.at("/spec/template/metadata/labels").path(label).asText();

        assertThat(Pattern.compile("job=\"([^\"]*)\"")
                        .matcher(Files.readString(Path.of("deploy/prometheus/rules.yaml")))
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .containsOnly(job);
    }

    private static JsonNode first(String file) {
        return Manifests.read(BASE.resolve(file)).getFirst();
    }

    private static String path(String probe) {
        return CONTAINER.path(probe).at("/httpGet/path").asText();
    }

    private static String mount(Predicate<String> volume) {
        for (JsonNode mount : CONTAINER.get("volumeMounts")) {
            if (volume.test(mount.get("name").asText())) {
                return mount.get("mountPath").asText();
            }
        }
        throw new AssertionError("no such volume is mounted");
    }

    private static Configuration load(String properties, JsonNode container) throws IOException {
        Map<String, String> variables = new TreeMap<>(Manifests.environment(DOCKERFILE));
        variables.putAll(Manifests.environment(container));
        Path file = Files.writeString(directory.resolve("session-events.properties"), properties);
        return Configuration.loader().withFile(file).withEnvironment(variables).load();
    }
}
