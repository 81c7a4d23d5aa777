package io.sessionevents.cli;

import java.util.stream.Stream;
import picocli.CommandLine;

/** A command with all commands below it. */
final class CommandTree {
    private CommandTree() {}

    /** The command itself first, each before its own. */
    static Stream<CommandLine> of(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandTree::of));
    }

    /** Those that do something by themselves. */
    static Stream<CommandLine> leaves(CommandLine root) {
        return of(root).filter(command -> command.getSubcommands().isEmpty());
    }
}
