package io.sessionevents.cli;

import io.sessionevents.avro.RegistryException;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.masking.Secrets;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** The command line: exit codes 0 ok, 1 failure, 2 usage or validation; no stack trace at users. */
public final class CommandLineInterface {
    private static final Logger log = LoggerFactory.getLogger(CommandLineInterface.class);
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @Command(
            name = "session-events",
            description = "Change events for EMR Serverless interactive sessions.",
            mixinStandardHelpOptions = false,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Exit codes: 0 ok, 1 failure, 2 usage or validation.",
                "SESSION_EVENTS_… variables and -X set configuration keys."
            })
    private static final class Root {}

    private CommandLineInterface() {}

    /** The commands of the product; more may be added to what is returned. */
    public static CommandLine create(Surroundings surroundings, ServiceRunner service, Inspection inspection) {
        var commandLine = new CommandLine(new Root());
        commandLine.addSubcommand(new RunCommand(surroundings, service));
        commandLine.addSubcommand(new ValidateCommand(surroundings, inspection));
        commandLine.addSubcommand(new HealthCommand());
        commandLine.addSubcommand(new TrackCommand(surroundings, inspection));
        commandLine.addSubcommand(new TailCommand(surroundings));
        commandLine.addSubcommand(new DeadLetterCommand(surroundings));
        commandLine.addSubcommand(new GetSessionCommand(surroundings, inspection));
        commandLine.addSubcommand(new TopicsCommand(surroundings));
        commandLine.addSubcommand(new SchemasCommand(surroundings));
        commandLine.addSubcommand(new TopologyCommand(surroundings, inspection));
        commandLine.addSubcommand(new ConfigCommand(surroundings));
        commandLine.addSubcommand(new CompletionCommand());
        commandLine.addSubcommand(new VersionCommand(surroundings));
        return commandLine;
    }

    /** Runs one command and returns its exit code. */
    public static int execute(CommandLine commandLine, Surroundings surroundings, String... args) {
        commandLine
                .getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        commandLine.getCommandSpec().mixinStandardHelpOptions(true);
        commandLine.getCommandSpec().versionProvider(() -> new String[] {"session-events " + surroundings.version()});
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF));
        commandLine.setExecutionExceptionHandler(CommandLineInterface::explain);
        if (args.length == 0) {
            commandLine.usage(commandLine.getErr());
            return USAGE;
        }
        return commandLine.execute(args);
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        log.atDebug().setCause(failure).log("Command failed");
        var err = command.getErr();
        List<String> lines = switch (failure) {
            case ConfigurationException invalid -> invalid.problems();
            case CommandFailedException told -> List.of(String.valueOf(told.getMessage()));
            case RegistryException told -> List.of(String.valueOf(told.getMessage()));
            case KafkaException kafka -> List.of("Kafka: " + innermost(kafka));
            case InterruptedException interrupted -> List.of("Interrupted");
            default -> List.of(innermost(failure) + " (" + failure.getClass().getName() + ")");
        };
        lines.forEach(line -> err.println("session-events: " + Secrets.text(line)));
        err.flush();
        return failure instanceof ConfigurationException ? USAGE : FAILURE;
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
