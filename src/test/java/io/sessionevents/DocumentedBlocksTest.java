package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.DocumentBlocks.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Says of each block of code in the documents who runs it, and prints the share that is run. The table is
 * {@code document-blocks.txt}: a document, how the block begins, a verdict, and who runs it or why nobody does.
 */
class DocumentedBlocksTest {
    private static final Pattern TEST = Pattern.compile("\\w+(?:Test|IT)\\b");
    private static final Path TABLE = Path.of("src/test/resources/document-blocks.txt");

    /** The rest needs other products or hours. Commands of campaigns are in one block of docs/evidence.md, by hand. */
    private static final double LEAST_SHARE = 0.9;

    /** What becomes of a block. */
    private enum Verdict {
        /** A test runs it, or lets the program that it is meant for judge it. */
        RUN,
        /** Somebody ran it, and the document has the result with its date. */
        BY_HAND,
        NOT,
        /** Nothing that could be run: a picture, or output. */
        PICTURE
    }

    /** One line of the table. */
    private record Row(String document, String begins, Verdict verdict, String who) {
        static Row of(String line) {
            String[] parts = line.split(" \\| ", 4);
            return new Row(parts[0], parts[1], Verdict.valueOf(parts[2]), parts[3]);
        }

        /** Those that are named. */
        List<String> tests() {
            return TEST.matcher(who).results().map(MatchResult::group).toList();
        }

        boolean speaksOf(Block block) {
            return document.equals(block.document())
                    && (begins.equals("```" + block.language())
                            || block.lines().getFirst().startsWith(begins));
        }
    }

    private final List<Row> rows = table();

    @Test
    void shouldKnowOfEveryBlockWhoRunsIt() {
        assertThat(DocumentBlocks.all())
                .hasSizeGreaterThan(70)
                .allSatisfy(block ->
                        assertThat(row(block)).as(block + ": a row of " + TABLE).isPresent());
    }

    @Test
    void shouldSpeakOfNothingThatIsGone() {
        List<Block> blocks = DocumentBlocks.all();

        assertThat(rows).allMatch(row -> blocks.stream().anyMatch(row::speaksOf));
        assertThat(rows)
                .filteredOn(row -> row.verdict() == Verdict.RUN)
                .allSatisfy(row ->
                        assertThat(row.tests()).as(row.toString()).isNotEmpty().isSubsetOf(sources()));
    }

    @Test
    void shouldRunMostOfThem() {
        Map<Verdict, Long> counts = DocumentBlocks.all().stream()
                .collect(Collectors.groupingBy(block -> row(block).orElseThrow().verdict(), Collectors.counting()));
        long run = counts.getOrDefault(Verdict.RUN, 0L);
        long others = counts.getOrDefault(Verdict.BY_HAND, 0L) + counts.getOrDefault(Verdict.NOT, 0L);
        double share = (double) run / (run + others);
        System.out.printf("Blocks of code in the documents: %.0f %% are run by a test; %s%n", share * 100, counts);

        assertThat(share).isGreaterThan(LEAST_SHARE);
    }

    /** Of several the one that says more of its beginning. */
    private Optional<Row> row(Block block) {
        return rows.stream()
                .filter(row -> row.speaksOf(block))
                .max(Comparator.comparingInt(row -> row.begins().length()));
    }

    private static List<Row> table() {
        return DocumentLinks.text(TABLE)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
