package io.sessionevents.http;

import io.sessionevents.session.Topics;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a process offers over HTTP, from before there is a service on. */
public final class HttpService implements AutoCloseable {
    private final HttpSettings settings;
    private final HttpApi api;
    private final HttpEndpoint endpoint;

    private HttpService(HttpSettings settings, HttpApi api, HttpEndpoint endpoint) {
        this.settings = settings;
        this.api = api;
        this.endpoint = endpoint;
    }

    /**
     * Begins to listen.
     *
     * @param version of the service
     * @param ports what the resources ask
     * @param clock by which the page is as old as it says
     * @throws IOException if the address cannot be had
     */
    public static HttpService listen(
            HttpSettings settings, String version, Topics topics, HttpApi.Ports ports, InstantSource clock)
            throws IOException {
        var api =
                settings.page() ? HttpApi.withPage(version, topics, ports, clock) : new HttpApi(version, topics, ports);
        return new HttpService(
                settings,
                api,
                HttpEndpoint.start(settings.host(), settings.port(), settings.advertisedAddress(), api.router()));
    }

    /** Where other instances reach this one, {@code host:port}; null if this machine does not know its name. */
    public @Nullable String advertisedAddress() {
        return AdvertisedAddress.of(settings, endpoint.address());
    }

    /** Its URL. */
    @Override
    public String toString() {
        return endpoint.url().toString();
    }

    @Override
    public void close() {
        endpoint.close();
        api.close();
    }
}
