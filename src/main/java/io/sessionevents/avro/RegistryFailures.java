package io.sessionevents.avro;

import io.sessionevents.avro.RegistryException.Kind;
import java.io.IOException;
import java.net.MalformedURLException;

/**
 * Puts failures of the registry into words: with what was asked and how to fix it, without users, passwords and texts of schemas,
 * which the messages of its client hold.
 *
 * @param urls where it is
 */
record RegistryFailures(RegistryUrls urls) {
    /** What was asked about begins so if it was a schema by its id. */
    static final String ID = "schema id ";

    /** It could not be asked, or answered what cannot be read. */
    RegistryException unreachable(String about, IOException e) {
        if (e instanceof MalformedURLException) {
            // Its message quotes a part of the URL, which may be a part of a password.
            return refused("schema.registry.url " + urls
                    + " cannot be read, expected http://HOST:PORT. Write signs such as / and @"
                    + " of a password as %2F and %40, or set basic.auth.user.info.");
        }
        return new RegistryException(
                Kind.UNAVAILABLE,
                "The schema registry at " + urls + " does not answer (" + about + "): "
                        + e.getClass().getSimpleName() + ": " + RegistryAnswer.brief(String.valueOf(e.getMessage()))
                        + ". Start it, or set schema.registry.url.",
                null);
    }

    /** @param message of the answer's body */
    RegistryException answered(String about, RegistryAnswer answer, String message) {
        String said = "The schema registry at " + urls + " answers " + answer.status() + " for " + about;
        if (about.startsWith(ID)) {
            return aboutAnId(said, answer);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            return refused(
                    said
                            + ". Set basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.*, or grant access.");
        }
        String brief = RegistryAnswer.brief(message);
        if (answer.trouble()) {
            return new RegistryException(Kind.UNAVAILABLE, said + ": " + brief + way(answer), null);
        }
        return refused(
                switch (answer.status()) {
                    case 404 ->
                        said
                                + ": the schema is not registered. Set auto.register.schemas=true, or register the schema file of this version.";
                    case 409 -> said + ": the schema is incompatible with the registered one. " + brief;
                    default -> said + ": " + brief;
                });
    }

    private static RegistryException aboutAnId(String said, RegistryAnswer answer) {
        Kind kind = answer.aboutAnId();
        return new RegistryException(
                kind,
                said
                        + switch (kind) {
                            case UNKNOWN_SCHEMA -> ": it does not know it.";
                            case UNSUPPORTED_SCHEMA -> ", error code " + answer.code() + ": it does not give it away.";
                            case UNAVAILABLE, REFUSED -> "." + way(answer);
                        },
                null);
    }

    private static RegistryException refused(String message) {
        return new RegistryException(Kind.REFUSED, message, null);
    }

    private static String way(RegistryAnswer answer) {
        return answer.saidByTheRegistry()
                ? ""
                : " No registry said so: see to schema.registry.url and to what stands between.";
    }
}
