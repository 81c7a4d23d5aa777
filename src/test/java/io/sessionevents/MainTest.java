package io.sessionevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.local.command.LocalMain;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-nu-thai-ca-buddhist", "tr-TR", "de-DE", "my-MM"})
    void shouldPrintTheSameInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));

        Main.speakOneLanguage();

        assertThat("%d %.1f %,d".formatted(1234567, 0.5, 1234567)).isEqualTo("1234567 0.5 1,234,567");
        assertThat("%tF".formatted(java.time.LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
        assertThat(String.format("%S", "title")).isEqualTo("TITLE");
    }

    @Test
    void shouldGiveEveryCommandItsOutputs() {
        var out = new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8);
        var err = new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8);
        var context = new CommandContext(
                Map.of(),
                InputStream.nullInputStream(),
                false,
                InstantSource.system(),
                ZoneOffset.UTC,
                "test",
                action -> {});
        List<CommandLine> all =
                tree(Main.commandLine(LocalMain::add, context, out, err)).toList();

        assertThat(all).hasSizeGreaterThan(20).allSatisfy(command -> {
            assertThat(command.getOut()).as(command.getCommandName()).isSameAs(out);
            assertThat(command.getErr()).as(command.getCommandName()).isSameAs(err);
        });
    }

    private static Stream<CommandLine> tree(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(MainTest::tree));
    }
}
