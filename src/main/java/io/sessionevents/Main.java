package io.sessionevents;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.cli.CommandLineInterface;
import io.sessionevents.cli.ServiceInspection;
import io.sessionevents.cli.StandardOutput;
import io.sessionevents.emr.Proxies;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.settings.Configuration;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Entry point. */
public final class Main {
    static final int SHUTDOWN_SECONDS = 25;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... args) {
        main((commandLine, context) -> {}, args);
    }

    /**
     * The same, with more commands.
     *
     * @param more adds them
     */
    public static void main(BiConsumer<CommandLine, CommandContext> more, String... args) {
        speakOneLanguage();
        var finished = new CountDownLatch(1);
        var context = new CommandContext(
                System.getenv(),
                System.in,
                terminal(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                Version.number(),
                action -> Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> interrupt(action, finished), "interrupt")),
                installed());
        StandardOutput out = StandardOutput.ofThisProcess(Main::endSoon);
        CommandLine commandLine = commandLine(
                more,
                context,
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int code = CommandLineInterface.execute(commandLine, context, args);
        finished.countDown();
        System.exit(out.exitCode(code));
    }

    /** All commands with these outputs, which only those take over that are there: so the others come first. */
    static CommandLine commandLine(
            BiConsumer<CommandLine, CommandContext> more, CommandContext context, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = CommandLineInterface.create(
                context, new ServiceRun(), new ServiceInspection(Version.number(), Main::sources));
        more.accept(commandLine, context);
        return commandLine.setOut(out).setErr(err);
    }

    /** The launcher knows where the configuration of this installation is. */
    private static @Nullable Path installed() {
        String file = System.getProperty("session-events.configuration", "");
        return file.isEmpty() ? null : Path.of(file);
    }

    /** The sources: as the configuration says, through the proxies of this process. */
    static List<SourceSettings> sources(Configuration configuration) {
        Proxies proxies = Proxies.of(System.getenv(), System::getProperty);
        return configuration.sources().stream()
                .map(source -> source.through(proxies))
                .toList();
    }

    /**
     * Output is for programs and for people of any country alike: digits are ASCII, decimals have a point, upper and lower case
     * are those of English, whatever the locale of the machine. Set for the whole process, because libraries format too, and
     * before anything else, because some keep what they find.
     */
    static void speakOneLanguage() {
        Locale.setDefault(Locale.ROOT);
    }

    /** Ends the process from aside: its hooks wait for the command, and that may wait for the thread that asks for the end. */
    private static void endSoon(int code) {
        Thread.ofPlatform().daemon().name("reader-gone").start(() -> System.exit(code));
    }

    /** On Ctrl-C, or where nobody reads any more: brings the command to an end and lets it finish. */
    private static void interrupt(Runnable action, CountDownLatch finished) {
        if (finished.getCount() == 0) {
            return;
        }
        action.run();
        try {
            if (!finished.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("session-events: did not end within " + SHUTDOWN_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // since 25 the built-in console is the default again, and that may be null
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
