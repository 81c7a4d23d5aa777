package io.sessionevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.settings.Configuration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, against the image and the settings of the service. */
class ComposeTest {
    private static final JsonNode SERVICES =
            Manifests.read(Path.of("docker-compose.yml")).getFirst().get("services");
    private static final JsonNode SERVICE = SERVICES.get("session-events");

    @Test
    void shouldHaveSettingsThatTheServiceAccepts() {
        Configuration configuration =
                Configuration.loader().withEnvironment(variables()).load();

        assertThat(configuration.kafka().bootstrapServers()).isEqualTo("kafka:19092");
        assertThat(configuration.kafka().passedOn()).containsOnlyKeys("state.dir");
    }

    @Test
    void shouldMakeEveryTopicThatIsSharedAsTopicsCreateDoes() {
        String commands = SERVICES.at("/topics/command/2").asText();

        assertThat(commands.lines().filter(line -> line.startsWith("create ")))
                .containsExactlyElementsOf(
                        RequiredTopic.shared(Configuration.loader()
                                        .withEnvironment(variables())
                                        .load())
                                .stream()
                                .map(topic -> topic.createCommand("kafka:19092", Optional.empty())
                                        .replaceFirst(".* --topic", "create"))
                                .toList());
    }

    @Test
    void shouldPublishPortsOnLoopbackOnly() {
        assertThat(SERVICES)
                .allSatisfy(service -> assertThat(service.path("ports"))
                        .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void shouldStartAgainWhateverIsToGoOn() {
        SERVICES.properties().stream()
                .filter(service -> !service.getKey().equals("topics"))
                .forEach(
                        service -> assertThat(service.getValue().path("restart").asText())
                                .as(service.getKey())
                                .isEqualTo("unless-stopped"));
        assertThat(SERVICES.at("/topics/restart").isMissingNode()).isTrue();
    }

    @Test
    void shouldMountWhatExists() {
        assertThat(SERVICES.findValues("volumes").stream()
                        .flatMap(JsonNode::valueStream)
                        .map(JsonNode::asText))
                .filteredOn(volume -> volume.startsWith("."))
                .hasSize(3)
                .allSatisfy(volume ->
                        assertThat(Path.of(volume.replaceFirst(":.*", ""))).isDirectory());
    }

    @Test
    void shouldScrapeTheJobOfTheRulesAtThePortOfTheService() {
        JsonNode prometheus =
                Manifests.read(Path.of("deploy/prometheus/prometheus.yaml")).getFirst();

        assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("rules.yaml");
        assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("session-events");
        assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText())
                .isEqualTo("session-events:"
                        + Configuration.loader()
                                .withEnvironment(variables())
                                .load()
                                .http()
                                .port());
    }

    @Test
    void shouldGiveTheImagesOfThisProjectNoMoreThanTheyNeed() {
        for (String name : new String[] {"session-events", "simulator"}) {
            JsonNode service = SERVICES.get(name);
            assertThat(service.get("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
        }
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(Manifests.environment(Path.of("deploy/docker/Dockerfile")));
        SERVICE.get("environment")
                .properties()
                .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
        return variables;
    }
}
