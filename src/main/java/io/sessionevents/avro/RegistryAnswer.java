package io.sessionevents.avro;

import io.sessionevents.avro.RegistryException.Kind;

/**
 * An answer of refusal, judged by its HTTP status and by Confluent's error code, which begins with the status. What has no such
 * code was said by something between us and the registry (a proxy, a gateway, another service) and says nothing about a schema.
 * Pure.
 *
 * @param code as the body has it; anything else if the body is not the registry's
 */
record RegistryAnswer(int status, int code) {
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int LONGEST_QUOTE = 120;

    /** Whether the registry itself has said it. */
    boolean saidByTheRegistry() {
        return code == status || code / 100 == status;
    }

    /** Whether it is about the way to the registry or its state, not about what was asked for. */
    boolean trouble() {
        return status < 400
                || status >= 500
                || status == 401
                || status == 407
                || status == 408
                || status == 429
                || !saidByTheRegistry();
    }

    /** What it says about the schema of an id that was asked for. */
    Kind aboutAnId() {
        if (code == SCHEMA_NOT_FOUND) {
            return Kind.UNKNOWN_SCHEMA;
        }
        // Without its code a 404 is that of a wrong path: the registry says nothing about the id.
        return trouble() || status == 404 ? Kind.UNAVAILABLE : Kind.UNSUPPORTED_SCHEMA;
    }

    /** What a message says, in so far as it holds no schema: up to the first sign of one. */
    static String brief(String message) {
        String line = message.replaceAll("(?s)[{\\[<\"'\\n].*", "")
                .replaceAll("://\\S*", "://…")
                .strip();
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
