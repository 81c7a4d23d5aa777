package io.sessionevents.emr.wire;

import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way.
 *
 * @param encrypted whether the proxy itself is spoken to by TLS
 * @param host name or address, without brackets
 * @param login null if there is none
 */
public record Relay(
        boolean encrypted, String host, int port, @Nullable Login login) {}
