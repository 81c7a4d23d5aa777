package io.sessionevents.avro;

import io.sessionevents.config.ForeignKeys;
import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The keys of Confluent's schema-registry client, which are passed on to it as they are. */
public final class RegistryKeys implements ForeignKeys {
    static final Setting<String> REGISTRY_URL = Setting.required(
            "schema.registry.url",
            "one or several http or https URLs, separated by commas (a password with @ or / goes into basic.auth.user.info, with basic.auth.credentials.source=USER_INFO)",
            "Confluent-compatible schema registry; a path in the URL works.",
            Parsers::httpUrls);

    /** The one that must be given. */
    public static final List<Setting<?>> ALL = List.of(REGISTRY_URL);

    /** All that there are. */
    public static final ForeignKeys PASSED_ON = new RegistryKeys();

    /** Keys beside those with one of the prefixes. */
    private static final Set<String> NAMES = Set.of(
            "auto.register.schemas",
            "use.latest.version",
            "normalize.schemas",
            "latest.compatibility.strict",
            "id.compatibility.strict",
            "max.schemas.per.subject",
            "proxy.host",
            "proxy.port",
            "http.connect.timeout.ms",
            "http.read.timeout.ms");

    private static final List<String> PREFIXES = List.of("schema.registry.", "basic.auth.", "bearer.auth.");

    private RegistryKeys() {}

    @Override
    public boolean include(String key) {
        return NAMES.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }

    @Override
    public Collection<String> suggestions() {
        return NAMES;
    }
}
