package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sessionevents.local.testbed.LocalRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, tokens and certificates on the way to the registry. */
class RegistrySecurityTest {
    @Test
    void shouldAuthenticateWithAUserAndNeverShowTheSecret() throws IOException {
        try (var registry = LocalRegistry.start(
                new LocalRegistry.Options(0, "", LocalRegistry.Options.basic("me:right"), null, false))) {
            Map<String, String> right =
                    Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:right");
            Map<String, String> wrong =
                    Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:wrong-secret");

            assertThat(RegistryAvroSerdeTest.roundTrip(registry.url(), right)).isNotEmpty();
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> RegistryAvroSerdeTest.roundTrip(registry.url(), wrong))
                    .matches(e -> e.kind() == RegistryException.Kind.REFUSED)
                    .withMessageContaining("basic.auth.user.info")
                    .withMessageNotContaining("wrong-secret");
        }
    }

    @Test
    void shouldTalkTls(@TempDir Path directory) throws Exception {
        Path keystore = keystore(directory);
        try (var registry = LocalRegistry.start(new LocalRegistry.Options(0, "", null, tls(keystore), false))) {
            Map<String, String> trust = Map.of(
                    "schema.registry.ssl.truststore.location",
                    keystore.toString(),
                    "schema.registry.ssl.truststore.password",
                    "changeit");

            assertThat(RegistryAvroSerdeTest.roundTrip(registry.url(), trust)).isNotEmpty();
            assertThatExceptionOfType(RegistryException.class)
                    .as("an unknown certificate is not trusted")
                    .isThrownBy(() -> RegistryAvroSerdeTest.roundTrip(registry.url(), Map.of()))
                    .matches(e -> e.kind() == RegistryException.Kind.UNAVAILABLE);
        }
    }

    @Test
    void shouldShowAClientCertificateWhenAskedForOne(@TempDir Path directory) throws Exception {
        Path keystore = keystore(directory);
        try (var registry = LocalRegistry.start(new LocalRegistry.Options(0, "", null, tls(keystore), true))) {
            Map<String, String> trust = Map.of(
                    "schema.registry.ssl.truststore.location",
                    keystore.toString(),
                    "schema.registry.ssl.truststore.password",
                    "changeit");
            Map<String, String> both = new HashMap<>(trust);
            both.put("schema.registry.ssl.keystore.location", keystore.toString());
            both.put("schema.registry.ssl.keystore.password", "changeit");
            both.put("schema.registry.ssl.key.password", "changeit");

            assertThat(RegistryAvroSerdeTest.roundTrip(registry.url(), both)).isNotEmpty();
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> RegistryAvroSerdeTest.roundTrip(registry.url(), trust));
        }
    }

    @Test
    void shouldSendABearerToken() throws IOException {
        try (var registry = LocalRegistry.start(new LocalRegistry.Options(0, "", "Bearer t0ken", null, false))) {
            Map<String, String> token =
                    Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken");

            assertThat(RegistryAvroSerdeTest.roundTrip(registry.url(), token)).isNotEmpty();
        }
    }

    private static Path keystore(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("keystore.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(keytool.waitFor()).isZero();
        return withItsOwnCertificateTrusted(file);
    }

    private static Path withItsOwnCertificateTrusted(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, "changeit".toCharArray());
        }
        store.setCertificateEntry("trusted", store.getCertificate("registry"));
        try (OutputStream stream = Files.newOutputStream(file)) {
            store.store(stream, "changeit".toCharArray());
        }
        return file;
    }

    private static SSLContext tls(Path keystore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keystore)) {
            store.load(stream, "changeit".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
