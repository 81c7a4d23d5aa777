package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the loggers of others may say, as the product configures them. */
class LoggingTest {
    private static final String REGISTRY_CLIENT =
            "org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.";

    @ParameterizedTest
    @CsvSource({
        REGISTRY_CLIENT + "client.rest.RestService,OFF",
        REGISTRY_CLIENT + "avro.AvroSchemaProvider,OFF",
        "org.apache.kafka.streams.StreamsConfig,WARN",
        "org.apache.kafka.clients.consumer.ConsumerConfig,ERROR",
        "org.apache.kafka.clients.producer.ProducerConfig,ERROR",
        "org.apache.kafka.clients.admin.AdminClientConfig,ERROR",
        "software.amazon.awssdk.request,WARN",
        "io.sessionevents.SessionEvents,INFO"
    })
    void shouldKeepSecretsAndSchemasOut(String logger, String level) throws JoranException {
        assertThat(level("src/main/resources/logback.xml", logger)).isEqualTo(Level.valueOf(level));
    }

    @Test
    void shouldKeepThemOutOfTheLogOfACheckoutToo() throws JoranException {
        assertThat(level("src/local/resources/logback-test.xml", REGISTRY_CLIENT + "client.rest.RestService"))
                .isEqualTo(Level.OFF);
    }

    private static Level level(String file, String logger) throws JoranException {
        var context = new LoggerContext();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of(file).toFile());
        return context.getLogger(logger).getEffectiveLevel();
    }
}
