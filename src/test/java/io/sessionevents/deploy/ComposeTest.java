package io.sessionevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.settings.Configuration;
import java.nio.file.Path;
import java.util.Map;
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
    void shouldMakeEveryTopicThatIsShared() {
        String commands = SERVICES.at("/topics/command/2").asText();

        assertThat(RequiredTopic.shared(
                        Configuration.loader().withEnvironment(variables()).load()))
                .allSatisfy(topic -> assertThat(commands)
                        .contains("create " + topic.name() + " --partitions " + topic.partitions()));
    }

    @Test
    void shouldPublishPortsOnLoopbackOnly() {
        assertThat(SERVICES)
                .allSatisfy(service -> assertThat(service.path("ports"))
                        .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
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
