package io.sessionevents.emr.wire;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which proxy leads to an endpoint. Asked by many threads. */
@FunctionalInterface
public interface Ways {
    /** Scheme, host and port are what counts; null if it is reached directly. */
    @Nullable
    Relay to(URI endpoint);
}
