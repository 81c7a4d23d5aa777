package io.sessionevents.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String HIDDEN = "***";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://me:pw@host/path                       | https://***@host/path",
                "https://me:p@ss@host:8081/path                | https://***@host:8081/path",
                "https://me:p/w@host:8081                      | https://***@host:8081",
                "https://me:a:b:c@host                         | https://***@host",
                "https://me:p%40ss%2F@host                     | https://***@host",
                "https://me:100%@host                          | https://***@host",
                "https://me:p?q#r@host                         | https://***@host",
                "https://me:p w@host                           | https://***@host",
                "https://me:http://x@host                      | https://***@host",
                "https://:pw@host                              | https://***@host",
                "https://token@host                            | https://***@host",
                "https://me:pw@[::1]:8081                      | https://***@[::1]:8081",
                "http://a:p@h1:1,http://b:q/@h2:2/x            | http://***@h1:1,http://***@h2:2/x",
                "http://h1:8081, http://b:q@h2                 | http://h1:8081, http://***@h2",
                "http://me:p,w@h                               | http://***@h",
                "http://me:p,http://b@h                        | http://***,http://***@h",
                "me:pw@proxy:3128                              | ***@proxy:3128",
                "me:p@w@b1:9092,b2:9092                        | ***@b1:9092,b2:9092",
                "https://host/path?api_key=k1&token=t          | https://host/path?***",
                "https://me:pw@host/x?sig=abc                  | https://***@host/x?***",
                "https://registry:8081/confluent/v1            | https://registry:8081/confluent/v1",
                "http://[::1]:8081                             | http://[::1]:8081",
                "http://schema_registry:8081                   | http://schema_registry:8081",
                "b1:9092,b2:9092                               | b1:9092,b2:9092",
                "SASL_SSL                                      | SASL_SSL"
            })
    void shouldMaskWhatIsSecretInUrls(String value, String shown) {
        assertThat(Secrets.mask("some.url", value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.sasl.jaas.config",
                "kafka.producer.sasl.jaas.config",
                "kafka.ssl.keystore.password",
                "kafka.ssl.key.password",
                "kafka.ssl.keystore.key",
                "kafka.sasl.oauthbearer.client.credentials.client.secret",
                "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
                "kafka.KEY.PASSWORD",
                "basic.auth.user.info",
                "schema.registry.basic.auth.user.info",
                "schema.registry.ssl.truststore.password",
                "schema.registry.ssl.key.password",
                "schema.registry.request.header.X-Api-Key",
                "bearer.auth.token",
                "bearer.auth.client.secret",
                "kafka.interceptor.api.key",
                "kafka.some.apikey",
                "kafka.some.access_key",
                "kafka.some.pwd",
                "kafka.some.pass",
                "kafka.some.authorization",
                "kafka.some.cookie"
            })
    void shouldShowNothingOfTheValueOfASecretKey(String key) {
        assertThat(Secrets.mask(key, "value")).isEqualTo(HIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source,USER_INFO",
        "bearer.auth.credentials.source,STATIC_TOKEN",
        "kafka.ssl.keystore.location,/etc/keystore",
        "kafka.ssl.keystore.type,PEM",
        "kafka.sasl.oauthbearer.token.endpoint.url,https://idp/token",
        "kafka.sasl.client.callback.handler.class,some.Handler",
        "kafka.default.key.serde,some.Serde",
        "kafka.security.protocol,SASL_SSL"
    })
    void shouldShowWhatIsNoSecret(String key, String value) {
        assertThat(Secrets.mask(key, value)).isEqualTo(value);
    }

    static Stream<ConfigDef> definitions() {
        return Stream.of(
                StreamsConfig.configDef(),
                ConsumerConfig.configDef(),
                ProducerConfig.configDef(),
                AdminClientConfig.configDef());
    }

    @Test
    void shouldTakeForSecretWhateverKafkaDoes() {
        assertThat(definitions()
                        .flatMap(definition -> definition.configKeys().values().stream())
                        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                        .map(key -> key.name)
                        .distinct())
                .isNotEmpty()
                // Certificates are public.
                .filteredOn(key -> !key.contains("certificate"))
                .allMatch(Secrets::secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no answer from http://me:p@s/s@h:1/x: refused  | no answer from http://***@h:1/x: refused",
                "at http://h:8081: refused                      | at http://h:8081: refused",
                "GET https://h/x?token=t failed                 | GET https://h/x?*** failed",
                "http://a:b@h1,http://c:d@h2 do not answer      | http://***@h1,http://***@h2 do not answer",
                "(https://me:$1\\2@h)                           | (https://***@h)",
                "nothing here                                   | nothing here"
            })
    void shouldMaskUrlsInATextOfAnyKind(String text, String shown) {
        assertThat(Secrets.text(text)).isEqualTo(shown);
    }
}
