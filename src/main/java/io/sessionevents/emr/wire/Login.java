package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** User and password for a proxy. */
public record Login(String user, String password) {

    /** The value of {@code Proxy-Authorization}. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Shows neither. */
    @Override
    public String toString() {
        return "Login";
    }
}
