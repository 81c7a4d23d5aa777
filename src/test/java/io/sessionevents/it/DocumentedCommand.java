package io.sessionevents.it;

import io.sessionevents.DocumentBlocks.Block;
import io.sessionevents.cli.CommandContext;
import io.sessionevents.cli.CommandLineInterface;
import io.sessionevents.cli.ServiceInspection;
import io.sessionevents.local.command.bench.BenchCommand;
import io.sessionevents.local.command.campaign.CampaignCommand;
import io.sessionevents.local.command.demo.DemoCommand;
import io.sessionevents.local.command.faults.FaultsCommand;
import io.sessionevents.local.command.simulate.SimulateCommand;
import io.sessionevents.settings.Configuration;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of a document that calls session-events.
 *
 * @param where the document and the line of the block
 * @param text what follows the program's name, without what redirects its output
 */
record DocumentedCommand(String where, String text) {
    private static final Pattern CALL =
            Pattern.compile("(?:nice \\S+ \\S+ )?(?:\\./|bin/)?session-events +([a-z].*?)(?: [>|] .*)?");
    private static final Set<String> LOCAL = Set.of("demo", "bench", "campaign", "faults", "simulate");

    /** Texts of calls that end with 2: they show what that looks like. */
    private static final List<String> REFUSED = List.of("dead.letter.topic=nowhere", "lookup.timeout=soon");

    static Stream<DocumentedCommand> of(Block block) {
        return block.commands().stream()
                .map(CALL::matcher)
                .filter(Matcher::matches)
                .map(call -> new DocumentedCommand(block.document() + ":" + block.line(), call.group(1)));
    }

    /** Whether only a checkout has it, and it takes minutes. */
    boolean isLocal() {
        return LOCAL.contains(text.split(" ", 2)[0]);
    }

    int exitCode() {
        return REFUSED.stream().anyMatch(text::contains) ? 2 : 0;
    }

    /** Its arguments; what would go on for ever ends with the first record. Square brackets hold what may be left out. */
    List<String> words(DocumentedShell shell) {
        List<String> words = new ArrayList<>(
                List.of(shell.here(text).replaceAll("\\[[^]]*]", "").strip().split(" +")));
        if (words.getFirst().equals("tail")) {
            addUnlessThere(words, "--from-beginning");
            addUnlessThere(words, "--max", "1");
        }
        if (words.getFirst().equals("sessions")) {
            addUnlessThere(words, "--url", shell.url());
        }
        return words;
    }

    private static void addUnlessThere(List<String> words, String... option) {
        if (!words.contains(option[0])) {
            words.addAll(List.of(option));
        }
    }

    /** Throws if it has an option or an argument that does not exist. */
    void parse() {
        var context = new CommandContext(
                Map.of(),
                InputStream.nullInputStream(),
                false,
                InstantSource.system(),
                ZoneOffset.UTC,
                "test",
                action -> {});
        var commandLine = CommandLineInterface.create(
                context, (configuration, interrupts) -> 0, new ServiceInspection("test", Configuration::sources));
        commandLine.addSubcommand(new DemoCommand(context));
        commandLine.addSubcommand(new BenchCommand(context));
        commandLine.addSubcommand(new CampaignCommand(context));
        commandLine.addSubcommand(new FaultsCommand());
        commandLine.addSubcommand(new SimulateCommand(context));
        commandLine.parseArgs(text.replace("--help", "").split(" +"));
    }
}
