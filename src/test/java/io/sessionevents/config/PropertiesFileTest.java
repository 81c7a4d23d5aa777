package io.sessionevents.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesFileTest {
    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    static Stream<Arguments> misread() {
        return Stream.of(
                argumentSet("byte-order mark", bytes("\uFEFFa=1\n"), 1, "byte-order mark", "UTF-8 without"),
                argumentSet("UTF-16", "a=1\nb=2".getBytes(UTF_16), 1, "UTF-16", "UTF-8"),
                argumentSet(
                        "UTF-16 without a mark",
                        "a=1\nb=2".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                        1,
                        "zero byte",
                        "UTF-8"),
                argumentSet("Latin-1", "a=1\r\n# c\r\nb=caf\u00e9\r\n".getBytes(ISO_8859_1), 3, "0xE9", "\\u00e9"),
                argumentSet("Latin-1 in a comment", "# caf\u00e9\na=1".getBytes(ISO_8859_1), 1, "0xE9", "UTF-8"),
                argumentSet(
                        "cut within a character",
                        new byte[] {'a', '=', '\n', 'b', '=', (byte) 0xC3},
                        2,
                        "0xC3",
                        "UTF-8"),
                argumentSet("bad escape", bytes("a=1\n\nb=\\u00zz\n"), 3, "four hexadecimal digits", "backslashes"),
                argumentSet("short escape", bytes("a=\\u00"), 1, "four hexadecimal digits", "backslashes"),
                argumentSet("bad escape in a key", bytes("\\uXYZWa=1"), 1, "four hexadecimal digits", "backslashes"),
                argumentSet(
                        "bad escape in a line that goes on",
                        bytes("a=1,\\\n  2,\\\n  \\u12"),
                        3,
                        "four hexadecimal digits",
                        "backslashes"),
                argumentSet(
                        "path of Windows",
                        bytes("a=1\nkafka.state.dir=C:\\data"),
                        2,
                        "before \"d\"",
                        "two backslashes"),
                argumentSet("regular expression", bytes("a=\\d+"), 1, "before \"d\"", "two backslashes"),
                argumentSet("twice", bytes("a=1\n#a=2\nb=1\na = 3\n"), 4, "line 1", "Keep one"),
                argumentSet("twice, spelled differently", bytes("a.b=1\na\\u002eb:2"), 2, "line 1", "Keep one"));
    }

    @ParameterizedTest
    @MethodSource("misread")
    void shouldNameTheLineOfWhatWouldBeMisread(byte[] content, int line, String what, String fix) throws IOException {
        Path file = Files.write(directory.resolve("c.properties"), content);

        PropertiesFile.read(file, problems);

        assertThat(problems).singleElement().asString().contains(file + " line " + line + ":", what, fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1\nb=2",
                "a=1\r\nb=2\r\n",
                "a=1\rb=2",
                "a = caf\u00e9 \u20ac \u65e5\u672c",
                "a=caf\\u00e9",
                "a\\ b\\:c\\=d=1",
                "  a   1\n\tb\t2",
                "a=1,\\\n   2,\\\n   3\nb=4",
                "a=1\\\\\nb=2",
                "a=1\\\n#not a comment\nb=2",
                "# a=1\\\nb=2",
                "! a\n\n \nb=",
                "a",
                "a=\\t\\n\\r\\f\\\\\\#\\!\\\"",
                "a=x\\",
                "a=\\\\server\\\\share",
                "=1",
                ""
            })
    void shouldReadWhatPropertiesRead(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("c.properties"), content);
        var theirs = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            theirs.load(reader);
        }

        Map<String, String> ours = PropertiesFile.read(file, problems).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));

        assertThat(problems).isEmpty();
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void shouldSayWhatIsThereInPlaceOfAFile() throws IOException {
        Path large = Files.write(directory.resolve("large"), new byte[2 * 1024 * 1024]);

        PropertiesFile.read(directory, problems);
        PropertiesFile.read(directory.resolve("nothing"), problems);
        PropertiesFile.read(directory.resolve("large/x"), problems);
        PropertiesFile.read(large, problems);

        assertThat(problems).hasSize(4).allMatch(problem -> problem.startsWith("Configuration file " + directory));
        assertThat(problems.get(0)).contains("is a directory");
        assertThat(problems.get(1)).contains("does not exist");
        assertThat(problems.get(2)).contains("cannot be read");
        assertThat(problems.get(3)).contains("more than 1048576 bytes");
    }

    @Test
    void shouldSayThatAFileMayNotBeRead() throws IOException {
        Path file = Files.writeString(directory.resolve("c.properties"), "a=1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();

        PropertiesFile.read(file, problems);

        assertThat(problems).singleElement().asString().contains("may not be read", "permission");
    }

    @Test
    void shouldReadWhatIsNoFileOfTheDiskToo() {
        assertThat(PropertiesFile.read(Path.of("/dev/null"), problems)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldShowAKeyThatOnlyLooksRight() throws IOException {
        Path file = Files.writeString(directory.resolve("c.properties"), "input.topic\u200b=x");

        var invalid = org.assertj.core.api.Assertions.catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.loader().withFile(file).load());

        assertThat(invalid.problems())
                .anyMatch(problem -> problem.contains("Unknown key input.topic\\u200b (file " + file + " line 1)"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
