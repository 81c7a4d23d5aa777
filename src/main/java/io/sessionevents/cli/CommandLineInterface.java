package io.sessionevents.cli;

import io.sessionevents.avro.RegistryException;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.masking.Secrets;
import java.io.PrintWriter;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: exit codes 0 ok, 1 failure, 2 usage or validation; no stack trace at users. */
public final class CommandLineInterface {
    private static final Logger log = LoggerFactory.getLogger(CommandLineInterface.class);
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @Command(
            name = "session-events",
            description = "Change events for EMR Serverless interactive sessions.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Exit codes: 0 ok, 1 failure, 2 usage or validation.",
                "SESSION_EVENTS_… variables and -X set configuration keys."
            })
    private static final class Root {}

    private CommandLineInterface() {}

    /** The commands of the product; more may be added to what is returned. */
    public static CommandLine create(CommandContext context, ServiceRunner service, Inspection inspection) {
        var commandLine = new CommandLine(new Root());
        commandLine.addSubcommand(new RunCommand(context, service));
        commandLine.addSubcommand(new ValidateCommand(context, inspection));
        commandLine.addSubcommand(new HealthCommand(context));
        commandLine.addSubcommand(new TrackCommand(context, inspection));
        commandLine.addSubcommand(new TailCommand(context));
        commandLine.addSubcommand(new SessionsCommand(context));
        commandLine.addSubcommand(new HistoryCommand(context, inspection));
        commandLine.addSubcommand(new DeadLetterCommand(context));
        commandLine.addSubcommand(new GetSessionCommand(context, inspection));
        commandLine.addSubcommand(new TopicsCommand(context));
        commandLine.addSubcommand(new SchemasCommand(context));
        commandLine.addSubcommand(new TopologyCommand(context, inspection));
        commandLine.addSubcommand(new ConfigCommand(context));
        commandLine.addSubcommand(new CompletionCommand());
        commandLine.addSubcommand(new VersionCommand(context));
        return commandLine;
    }

    /** Runs one command and returns its exit code. */
    public static int execute(CommandLine commandLine, CommandContext context, String... args) {
        prepare(commandLine, context);
        if (args.length == 0) {
            commandLine.usage(commandLine.getErr());
            return USAGE;
        }
        return commandLine.execute(args);
    }

    /** Gives every command what all have, whoever has added it: help and version, colours, and one way to say what is wrong. */
    private static void prepare(CommandLine root, CommandContext context) {
        CommandTree.of(root).forEach(command -> {
            // Not picocli's mixin of the same: a command that is a method takes it for one of its parameters.
            command.getCommandSpec().addOption(help()).addOption(version());
            command.getCommandSpec().versionProvider(() -> new String[] {"session-events " + context.version()});
        });
        root.setOut(root.getOut());
        root.setErr(root.getErr());
        root.setColorScheme(CommandLine.Help.defaultColorScheme(context.colour() ? Ansi.ON : Ansi.OFF));
        root.setExecutionExceptionHandler(CommandLineInterface::explain);
        root.setParameterExceptionHandler(CommandLineInterface::misused);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    private static OptionSpec version() {
        return OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build();
    }

    /** What is wrong, and where to read what is right: the help itself would push the one line out of sight. */
    private static int misused(ParameterException failure, String... args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String.valueOf(failure.getMessage()).lines().forEach(line -> tell(err, line));
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            tell(err, "Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
        }
        tell(err, "'" + command.getCommandSpec().qualifiedName() + " --help' shows what it takes.");
        err.flush();
        return USAGE;
    }

    private static void tell(PrintWriter err, String line) {
        err.println("session-events: " + Secrets.text(line));
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        log.atDebug().setCause(failure).log("Command failed");
        PrintWriter err = command.getErr();
        List<String> lines = switch (failure) {
            case ConfigurationException invalid -> invalid.problems();
            case CommandFailedException told -> List.of(String.valueOf(told.getMessage()));
            case RegistryException told -> List.of(String.valueOf(told.getMessage()));
            case KafkaException kafka -> List.of("Kafka: " + innermost(kafka));
            case InterruptedException interrupted -> List.of("Interrupted");
            default -> List.of(innermost(failure) + " (" + failure.getClass().getName() + ")");
        };
        lines.stream().flatMap(String::lines).forEach(line -> tell(err, line));
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
