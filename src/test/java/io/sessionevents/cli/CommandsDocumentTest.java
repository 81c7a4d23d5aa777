package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Keeps docs/commands.md complete. */
class CommandsDocumentTest {
    @Test
    void shouldNameEveryCommandAndOption() throws IOException {
        String document = Files.readString(Path.of("docs/commands.md"));
        var context = new CommandContext(
                Map.of(),
                InputStream.nullInputStream(),
                false,
                InstantSource.fixed(Instant.EPOCH),
                ZoneOffset.UTC,
                "test",
                action -> {});
        CommandLine root = CommandLineInterface.create(context, (configuration, interrupts) -> 0, new NoInspection());

        for (CommandLine command : CommandTree.of(root).toList()) {
            assertThat(document).contains(command.getCommandSpec().qualifiedName());
            assertThat(List.of(command.getCommandSpec().optionsMap().keySet().toArray(String[]::new)))
                    .as(command.getCommandSpec().qualifiedName())
                    .allMatch(document::contains);
        }
    }
}
