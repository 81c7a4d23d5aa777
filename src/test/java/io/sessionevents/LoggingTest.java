package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** What the loggers of others may say, as the product configures them. */
class LoggingTest {
    private static final String REGISTRY_CLIENT =
            "org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.";

    @ParameterizedTest
    @CsvSource({
        REGISTRY_CLIENT + "client.rest.RestService,OFF",
        REGISTRY_CLIENT + "avro.AvroSchemaProvider,OFF",
        "org.apache.kafka.streams.StreamsConfig,ERROR",
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

    @ParameterizedTest
    @CsvSource({"json, JsonLines", "text, PatternLayoutEncoder"})
    void shouldWriteTheFormatThatIsAskedFor(String format, String encoder) throws JoranException {
        var context = new LoggerContext();
        context.putProperty("LOG_FORMAT", format);
        configure(context, "src/main/resources/logback.xml");

        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .extracting(appender -> ((ConsoleAppender<?>) appender).getEncoder())
                .extracting(written -> written.getClass().getSimpleName())
                .isEqualTo(encoder);
    }

    private static Level level(String file, String logger) throws JoranException {
        var context = new LoggerContext();
        configure(context, file);
        return context.getLogger(logger).getEffectiveLevel();
    }

    private static void configure(LoggerContext context, String file) throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of(file).toFile());
    }
}
