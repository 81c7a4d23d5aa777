package io.sessionevents.emr;

import io.sessionevents.emr.wire.Departure;
import io.sessionevents.emr.wire.Patience;
import io.sessionevents.emr.wire.Wire;
import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;

/**
 * The HTTP client of those clients that the SDK makes by itself to load credentials (web identity, IAM Identity Center). It obeys the same
 * proxies as lookups. The SDK finds it by name, so nobody can hand it the environment.
 */
public final class CredentialsHttp implements SdkHttpService {
    private static final Patience PATIENCE = Patience.alone(Duration.ofSeconds(2), Duration.ofSeconds(30));
    private static final int CONNECTIONS = 4;

    @Override
    public SdkHttpClient.Builder<?> createHttpClientBuilder() {
        Proxies proxies = Proxies.of(System.getenv(), System::getProperty);
        return new Wire(
                endpoint -> proxies.to(endpoint).map(Proxy::relay).orElse(null),
                PATIENCE,
                CONNECTIONS,
                Departure.AT_ONCE);
    }
}
