package io.sessionevents.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionevents.config.ConfigurationException;
import io.sessionevents.config.ConfigurationLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken from the environment, and what is left alone there. */
class EnvironmentTest {
    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081");

    @ParameterizedTest
    @CsvSource({
        // A Service of the name session-events.
        "SESSION_EVENTS_PORT,tcp://10.0.0.1:8080",
        "SESSION_EVENTS_SERVICE_HOST,10.0.0.1",
        "SESSION_EVENTS_SERVICE_PORT,8080",
        "SESSION_EVENTS_SERVICE_PORT_HTTP,8080",
        "SESSION_EVENTS_PORT_8080_TCP,tcp://10.0.0.1:8080",
        "SESSION_EVENTS_PORT_8080_TCP_ADDR,10.0.0.1",
        "SESSION_EVENTS_PORT_8080_TCP_PORT,8080",
        "SESSION_EVENTS_PORT_8080_TCP_PROTO,tcp",
        "SESSION_EVENTS_PORT_53_UDP,udp://10.0.0.1:53",
        "SESSION_EVENTS_PORT_53_SCTP_ADDR,fd00::1",
        "SESSION_EVENTS_PORT,udp://10.0.0.1:53",
        "SESSION_EVENTS_PORT,tcp://[fd00::1]:8080",
        // Services whose names only begin with it.
        "SESSION_EVENTS_HTTP_PORT,tcp://10.0.0.1:8080",
        "SESSION_EVENTS_HTTP_SERVICE_HOST,10.0.0.1",
        "SESSION_EVENTS_HTTP_SERVICE_PORT_WEB,8080",
        "SESSION_EVENTS_HTTP_PORT_8080_TCP,tcp://10.0.0.1:8080",
        "SESSION_EVENTS_SCHEMA_REGISTRY_SERVICE_HOST,10.0.0.1",
        "SESSION_EVENTS_SCHEMA_REGISTRY_PORT,tcp://10.0.0.1:8081",
        "SESSION_EVENTS_PROXY_PORT,tcp://10.0.0.1:3128",
        // The same for kafka, and what Kafka's scripts use.
        "KAFKA_PORT,tcp://10.0.0.1:9092",
        "KAFKA_SERVICE_HOST,10.0.0.1",
        "KAFKA_SERVICE_PORT_CLIENTS,9092",
        "KAFKA_PORT_9092_TCP_ADDR,10.0.0.1",
        "KAFKA_BROKERS_PORT_9092_TCP,x",
        "KAFKA_BOOTSTRAP_SERVICE_HOST,10.0.0.1",
        "KAFKA_BOOTSTRAP_PORT,tcp://10.0.0.1:9092",
        "KAFKA_HEAP_OPTS,-Xmx1g",
        "KAFKA_OPTS,-Dx=y",
        "KAFKA_JMX_PORT,9999",
        "KAFKA_LOG4J_OPTS,x",
        "KAFKA_HOME,/opt/kafka",
        "PATH,/bin",
        "SESSION_EVENT_INPUT_TOPIC,x"
    })
    void shouldLeaveAloneWhatIsNotForUs(String variable, String value) {
        Configuration configuration = loader(Map.of(variable, value)).load();

        assertThat(configuration)
                .usingRecursiveComparison()
                .isEqualTo(Configuration.loader().withFlags(REQUIRED).load());
    }

    @ParameterizedTest
    @CsvSource({
        "SESSION_EVENTS_HTTP_PROT,8080,http.port",
        "SESSION_EVENTS_PORT,8080,http.port",
        "SESSION_EVENTS_SERVICEHOST,10.0.0.1,did you mean",
        "SESSION_EVENTS_INPUT_TOPIK,x,input.topic",
        "SESSION_EVENTS_HTTP_PORT,http://10.0.0.1:8080,a whole number",
        "SESSION_EVENTS_HTTP_PORT,8o8o,a whole number"
    })
    void shouldNameAMistake(String variable, String value, String says) {
        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> loader(Map.of(variable, value)).load())
                        .problems())
                .singleElement()
                .asString()
                .contains("environment variable " + variable, says);
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_MAIN_CONSUMER_SESSION_TIMEOUT_MS,30000,main.consumer.session.timeout.ms",
        "KAFKA_RACK_AWARE_ASSIGNMENT_NON_OVERLAP_COST,3,rack.aware.assignment.non_overlap_cost",
        "KAFKA_STATE_DIR,/x,state.dir",
        "KAFKA_CLIENT_RACK,a,client.rack",
        "KAFKA_AUTO_OFFSET_RESET,latest,auto.offset.reset"
    })
    void shouldFindTheKeyThatAVariableMeans(String variable, String value, String key) {
        assertThat(loader(Map.of(variable, value)).load().kafka().passedOn()).isEqualTo(Map.of(key, value));
    }

    @Test
    void shouldTakeBothSpellingsOfOneSettingIfTheySayTheSame() {
        Configuration configuration = loader(Map.of("KAFKA_BOOTSTRAP_SERVERS", "b:9092"))
                .withFlags(Map.of("kafka.application.id", "mine"))
                .load();

        assertThat(configuration.kafka().bootstrapServers()).isEqualTo("b:9092");
        assertThat(configuration.kafka().streamsApplicationId()).isEqualTo("mine");
        assertThat(configuration.kafka().passedOn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_BOOTSTRAP_SERVERS,other:9092,bootstrap.servers,b:9092",
        "KAFKA_APPLICATION_ID,other,application.id,mine"
    })
    void shouldRefuseTwoSpellingsThatDiffer(String variable, String value, String key, String other) {
        ConfigurationLoader<Configuration> loader =
                loader(Map.of(variable, value)).withFlags(Map.of(key, other));

        assertThat(catchThrowableOfType(ConfigurationException.class, loader::load)
                        .problems())
                .singleElement()
                .asString()
                .contains(
                        key + " is \"" + other + "\"",
                        "kafka." + key + " is \"" + value + "\"",
                        variable,
                        "one setting");
    }

    private static ConfigurationLoader<Configuration> loader(Map<String, String> environment) {
        return Configuration.loader().withFlags(REQUIRED).withEnvironment(environment);
    }

    @Test
    void shouldReadAKeyWithAHyphen() {
        Configuration configuration = Configuration.loader()
                .withFlags(Map.of("bootstrap.servers", "k:1", "schema.registry.url", "http://r:1"))
                .withEnvironment(Map.of("SESSION_EVENTS_BUDGET_GET_SESSION", "3.5"))
                .load();

        assertThat(configuration.defaultSource().limits().budget()).isEqualTo(3.5);
    }
}
