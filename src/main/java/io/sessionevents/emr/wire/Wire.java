package io.sessionevents.emr.wire;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Makes HTTP clients. The SDK closes one that it has made itself, so it is given this.
 *
 * @param most connections to one endpoint at any time
 * @param departure of each request
 */
public record Wire(Ways ways, Patience patience, int most, Departure departure) implements SdkHttpClient.Builder<Wire> {
    /** As it was set: nothing is left to the defaults of a service. */
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
        return new WireClient(ways, Dial.standard(patience), most, departure);
    }
}
