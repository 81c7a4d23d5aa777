package io.sessionevents.local.command.demo;

import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ScratchDirectory;
import io.sessionevents.local.testbed.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the demo keeps what it needs while it runs, among it a configuration for other commands. */
final class DemoDirectory {
    private static final String PROPERTIES = "demo.properties";

    private DemoDirectory() {}

    static Path create(Undo undo) throws IOException {
        var directory = ScratchDirectory.create("session-events-demo");
        undo.add(directory::close);
        return directory.path();
    }

    /** Writes the keys that lead a command here. */
    static void configuration(Path directory, LocalEnvironment environment, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(more);
        Files.writeString(
                file(directory),
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                                .collect(Collectors.joining()));
    }

    static Path file(Path directory) {
        return directory.resolve(PROPERTIES);
    }
}
