package io.sessionevents.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.DocumentBlocks;
import io.sessionevents.DocumentBlocks.Block;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that a document shows are taken as they stand, with a number for the account that is to be replaced. */
class DocumentedSettingsTest {
    private static final String SETTING = "[a-z][a-zA-Z.-]*=\\S.*";

    /** What a configuration cannot do without. */
    private static final Map<String, String> LEAST = Map.of(
            "bootstrap.servers", "broker:9092",
            "schema.registry.url", "http://registry:8081",
            "aws.region", "eu-central-1");

    static List<Block> blocks() {
        return DocumentBlocks.all().stream()
                .filter(block -> block.lines().stream().allMatch(line -> line.matches(SETTING)))
                .filter(block -> !block.lines().getFirst().startsWith("value.deserializer="))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldBeTaken(Block block) {
        Map<String, String> settings = new HashMap<>(LEAST);
        block.lines().stream()
                .map(line -> line.replace("READ_ACCOUNT", "222222222222"))
                .forEach(line -> settings.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", "")));

        assertThat(Configuration.loader().withFlags(settings).load()).isNotNull();
    }

    @Test
    void shouldBeFound() {
        assertThat(blocks()).hasSize(4);
    }
}
