package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document that names tests names such as there are. */
class HostileDocumentTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");

    @Test
    void shouldNameTestsThatExist() throws IOException {
        String document = Files.readString(Path.of("docs/hostile.md"));

        Set<String> named =
                TEST.matcher(document).results().map(found -> found.group(1)).collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(50).isSubsetOf(tests());
    }

    @Test
    void shouldNameATestInEveryRow() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/hostile.md")).stream()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                        .filter(line -> !TEST.matcher(line).find()))
                .isEmpty();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
