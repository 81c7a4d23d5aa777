package io.sessionevents.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionevents.config.ConfigurationException;
import io.sessionevents.settings.Configuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

class KafkaAuthTest {
    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://r:8081");

    @Test
    void shouldSetNothingByDefault() {
        assertThat(load(Map.of()).kafka().passedOn()).isEmpty();
        assertThat(load(Map.of("kafka.auth", "none")).kafka().passedOn()).isEmpty();
    }

    @Test
    void shouldLogInByIam() {
        assertThat(load(Map.of("kafka.auth", "msk-iam")).kafka().passedOn())
                .isEqualTo(Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "AWS_MSK_IAM",
                        "sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;",
                        "sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler"));
    }

    @Test
    void shouldLetExplicitSettingsWin() {
        assertThat(load(Map.of("kafka.auth", "msk-iam", "kafka.sasl.jaas.config", "my.Module required;"))
                        .kafka()
                        .passedOn())
                .containsEntry("sasl.jaas.config", "my.Module required;")
                .containsEntry("sasl.mechanism", "AWS_MSK_IAM")
                .doesNotContainKey("auth");
    }

    @Test
    void shouldUseTheProfile() {
        String odd = "a \"quoted\\ one";

        String jaas = load(Map.of("kafka.auth", "msk-iam", "aws.profile", odd))
                .kafka()
                .passedOn()
                .get("sasl.jaas.config");

        var options = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(jaas)))
                .configurationEntries()
                .getFirst()
                .getOptions();
        assertThat(options.get("awsProfileName")).isEqualTo(odd);
    }

    /** Makes the channel builder, and so the log-in and its callback handler; nothing is connected. */
    @Test
    void shouldBeAcceptedByAClientOfKafka() {
        Map<String, Object> settings = new HashMap<>(load(Map.of("kafka.auth", "msk-iam", "aws.profile", "p"))
                .kafka()
                .passedOn());
        settings.put("bootstrap.servers", "127.0.0.1:1");

        assertThatCode(() -> Admin.create(settings).close(Duration.ZERO)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherLogIn() {
        var exception =
                catchThrowableOfType(ConfigurationException.class, () -> load(Map.of("kafka.auth", "kerberos")));

        assertThat(exception.problems()).singleElement().asString().contains("expected none or msk-iam");
    }

    private static Configuration load(Map<String, String> flags) {
        return Configuration.loader().withFlags(REQUIRED).withFlags(flags).load();
    }
}
