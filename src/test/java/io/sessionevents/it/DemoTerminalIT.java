package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.command.demo.PlayedTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in pseudo-terminals, whose windows are made wider while it runs, with and without colour. */
class DemoTerminalIT {
    private static final List<Integer> WIDTHS = List.of(80, 60, 100, 200);
    private static final String DRAWING = "\r\u001b\\[J([^\r\n\u001b]+)\r(?!\n)";
    private static final Pattern DRAWN = Pattern.compile(DRAWING);
    private static final Pattern STATUS = Pattern.compile("\\d+ s  \\d+ sessions?  ");
    private static final Pattern EVENT = Pattern.compile("(?m)^\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?  .*");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d+m");

    @TempDir
    private Path directory;

    /** What was sent to a terminal while it was so wide. */
    private record Stretch(int columns, String sent) {}

    @Test
    void shouldKeepItsStatusInOneRowAtEveryWidth() throws Exception {
        Assumptions.assumeTrue(
                recordable(), "no terminal session: script and stty of util-linux and coreutils are missing");
        Path plain = Files.createDirectory(directory.resolve("plain"));
        Path colour = Files.createDirectory(directory.resolve("colour"));
        try (var one = session(plain, "NO_COLOR=1");
                var two = session(colour, "NO_COLOR=")) {
            List<Stretch> ofPlain = new ArrayList<>();
            List<Stretch> ofColour = new ArrayList<>();
            for (int columns : WIDTHS) {
                resize(plain, columns);
                resize(colour, columns);
                int from = sent(plain).length();
                int fromColour = sent(colour).length();
                ofPlain.add(stretch(one, columns, from));
                ofColour.add(stretch(two, columns, fromColour));
            }
            interrupt(one);
            interrupt(two);
            assertThat(one.ended() && two.ended()).isTrue();

            assertThat(ofPlain).allSatisfy(DemoTerminalIT::check);
            assertThat(ofColour).allSatisfy(DemoTerminalIT::check);
            assertThat(sent(plain)).doesNotContainPattern(COLOUR).contains("Judged by");
            assertThat(sent(colour)).containsPattern(COLOUR).contains("Judged by");
            assertThat(sent(plain) + sent(colour)).doesNotContain("\tat ");
            assertThat(one.left()).isEmpty();
        }
    }

    private static void check(Stretch stretch) {
        List<String> drawn = DRAWN.matcher(stretch.sent())
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(drawn)
                .hasSizeGreaterThan(1)
                .allSatisfy(text -> assertThat(text).hasSizeLessThan(stretch.columns()));
        String played = String.join("\n", PlayedTerminal.rows(stretch.columns(), stretch.sent()));
        assertThat(STATUS.matcher(played).results().count()).as(played).isLessThanOrEqualTo(1);
        String uncoloured = COLOUR.matcher(stretch.sent()).replaceAll("");
        List<String> events = EVENT.matcher(uncoloured.replaceAll("\r\u001b\\[J|" + DRAWING, "\n"))
                .results()
                .map(row -> row.group().stripTrailing())
                .toList();
        assertThat(EVENT.matcher(played).results().map(MatchResult::group))
                .as(played)
                .isNotEmpty()
                .containsExactlyElementsOf(events);
    }

    /** From the second drawing at that width, for the first may have been on its way, until there is enough to judge by. */
    private static Stretch stretch(DemoProcess session, int columns, int from) {
        Path home = session.home();
        Awaitility.await().until(() -> {
            assertThat(session.process().isAlive()).as(sent(home)).isTrue();
            String sent = sent(home).substring(from);
            return DRAWN.matcher(sent).results().count() >= 5
                    && EVENT.matcher(COLOUR.matcher(sent.substring(second(sent)))
                                            .replaceAll("")
                                            .replace("\u001b[J", "\n"))
                                    .results()
                                    .count()
                            >= 2;
        });
        String sent = sent(home).substring(from);
        return new Stretch(columns, sent.substring(second(sent)));
    }

    private static int second(String sent) {
        return DRAWN.matcher(sent)
                .results()
                .skip(1)
                .findFirst()
                .map(MatchResult::start)
                .orElse(sent.length());
    }

    /** With more sessions than it can look at, so that there are events as long as it takes. */
    private static DemoProcess session(Path home, String environment) throws IOException {
        String demo = DemoProcess.command(home, "--sessions", "2000", "--duration", "600s", "--port", "0").stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        // A build in the background ignores the interrupt key, and its children would inherit that.
        String inside = "tty > '%s'; exec env --default-signal=INT TERM=xterm %s %s"
                .formatted(home.resolve("tty"), environment, demo);
        return DemoProcess.start(
                home,
                DemoProcess.builder(List.of(
                                "script",
                                "-q",
                                "-e",
                                "-f",
                                "-c",
                                inside,
                                home.resolve("sent").toString()))
                        .redirectOutput(home.resolve("out").toFile()));
    }

    private static void resize(Path home, int columns) throws IOException, InterruptedException {
        Path tty = home.resolve("tty");
        Awaitility.await().until(() -> Files.exists(tty) && Files.size(tty) > 1);
        String device = Files.readString(tty).strip();
        assertThat(new ProcessBuilder("stty", "-F", device, "cols", Integer.toString(columns), "rows", "24")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** As a key does. */
    private static void interrupt(DemoProcess session) throws IOException {
        OutputStream keys = session.process().getOutputStream();
        keys.write(3);
        keys.flush();
    }

    private static String sent(Path home) {
        try {
            // A sign that has come in half is replaced.
            return new String(Files.readAllBytes(home.resolve("sent")), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean recordable() {
        boolean there = Stream.of("script", "stty")
                .allMatch(name ->
                        Stream.of("/usr/bin", "/bin").anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
        if (!there) {
            System.out.println("DemoTerminalIT: skipped, for script (util-linux) or stty is missing");
        }
        return there;
    }
}
