package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file of the product is taken in at a glance; one that grows beyond that wants to be two. */
class FileLengthTest {
    private static final int MOST_LINES = 250;

    @Test
    void shouldBeTakenInAtAGlance() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(Path.of("src", "main", "java"))) {
            sources = all.filter(file -> file.toString().endsWith(".java")).toList();
        }

        assertThat(sources)
                .hasSizeGreaterThan(300)
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES));
    }
}
