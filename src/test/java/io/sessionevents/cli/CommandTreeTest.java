package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.command.LocalMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What holds for every command at every depth, those of a checkout too, found by walking the tree. */
class CommandTreeTest {
    private static final Pattern LISTED_OPTION = Pattern.compile("(?m)^ {2,}(?:-\\w, +)?(--?[\\w-]+)");

    static Stream<List<String>> commands() {
        return CommandTree.of(Invocation.tree(LocalMain::add)).map(CommandTreeTest::words);
    }

    static Stream<List<String>> leaves() {
        return CommandTree.leaves(Invocation.tree(LocalMain::add)).map(CommandTreeTest::words);
    }

    static Stream<List<String>> groups() {
        return CommandTree.of(Invocation.tree(LocalMain::add))
                .filter(command ->
                        command.getParent() != null && !command.getSubcommands().isEmpty())
                .map(CommandTreeTest::words);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldHelp(List<String> command) {
        var help = run(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: " + name(command) + " ");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(LISTED_OPTION
                        .matcher(help.out())
                        .results()
                        .map(option -> option.group(1))
                        .toList())
                .contains("--help", "--version")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldPrintTheVersion(List<String> command) {
        assertThat(run(command, "--version").out()).isEqualToIgnoringNewLines("session-events test");
    }

    /** The first line is what the list of commands shows. */
    @ParameterizedTest
    @MethodSource("commands")
    void shouldSayInWholeSentencesWhatItDoes(List<String> command) {
        var spec = CommandTree.of(Invocation.tree(LocalMain::add))
                .filter(found -> words(found).equals(command))
                .findFirst()
                .orElseThrow()
                .getCommandSpec();

        assertThat(spec.usageMessage().description()).isNotEmpty().allMatch(CommandTreeTest::wholeSentence);
        assertThat(spec.options())
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty()
                        .allMatch(CommandTreeTest::wholeSentence));
        assertThat(spec.positionalParameters())
                .allSatisfy(parameter ->
                        assertThat(parameter.description()).isNotEmpty().allMatch(CommandTreeTest::wholeSentence));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldSayInTwoLinesThatAnOptionIsUnknown(List<String> command) {
        var wrong = run(command, "--nonsense");

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines())
                .allMatch(line -> line.startsWith("session-events: "))
                .anyMatch(line -> line.contains("--nonsense") || line.contains("Missing required parameter"))
                .last()
                .isEqualTo("session-events: '" + name(command) + " --help' shows what it takes.");
        assertThat(wrong.err().lines().count()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void shouldNameTheCommandsBelowWhereOneIsMissing(List<String> command) {
        var missing = run(command);

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .startsWith("session-events: Missing command: ")
                .hasLineCount(2);
        for (String below : CommandTree.of(Invocation.tree(LocalMain::add))
                .map(CommandTreeTest::words)
                .filter(words -> words.size() == command.size() + 1
                        && words.subList(0, command.size()).equals(command))
                .map(List::getLast)
                .toList()) {
            assertThat(missing.err()).contains(below);
        }
    }

    /** A command that is added last writes where the others do, or it would not notice that its reader has gone. */
    @Test
    void shouldAllWriteToTheSameReader() {
        CommandLine root = Invocation.tree((commandLine, context) -> {});
        root.setOut(new PrintWriter(Writer.nullWriter()));
        root.setErr(new PrintWriter(Writer.nullWriter()));
        LocalMain.add(root, Invocation.context());

        assertThat(CommandLineInterface.execute(root, Invocation.context(), "version"))
                .isZero();

        assertThat(CommandTree.of(root).map(CommandLine::getOut)).containsOnly(root.getOut());
        assertThat(CommandTree.of(root).map(CommandLine::getErr)).containsOnly(root.getErr());
    }

    @Test
    void shouldAllStartSoon() throws IOException {
        String launcher = Files.readString(Path.of("src/main/bin/session-events"));
        String quick = launcher.lines()
                .filter(line -> line.contains(" | get-session | "))
                .findFirst()
                .orElseThrow();

        assertThat(List.of(quick.strip().replace(")", "").split(" \\| ")))
                .containsExactlyInAnyOrderElementsOf(Invocation.tree((commandLine, context) -> {})
                        .getSubcommands()
                        .keySet());
    }

    private static boolean wholeSentence(String text) {
        return text.endsWith(".");
    }

    private static String name(List<String> command) {
        return String.join(
                " ",
                Stream.concat(Stream.of("session-events"), command.stream()).toList());
    }

    private static List<String> words(CommandLine command) {
        return List.of(command.getCommandSpec().qualifiedName().split(" ")).stream()
                .skip(1)
                .toList();
    }

    private static Invocation.Result run(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return Invocation.run(LocalMain::add, all.toArray(String[]::new));
    }
}
