package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link from one document to another leads somewhere, and so does the name of a document in code, manifests and messages. */
class LinksTest {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)#?([^)\\s]*)\\)");
    private static final Pattern NAMED = Pattern.compile("\\b(docs/[a-z-]+\\.md)#?([a-z-]*)");

    /** A place in a document, and where it leads: a file, and a heading in it unless that is empty. */
    private record Link(Path from, Path to, String heading) {}

    @Test
    void shouldLeadFromEachDocumentToFilesAndHeadingsThatExist() {
        List<Link> links = files(Path.of("docs"), Path.of("deploy"), Path.of("."))
                .filter(file -> file.toString().endsWith(".md"))
                .flatMap(file -> found(LINK, CODE.matcher(text(file)).replaceAll(""))
                        .map(link -> new Link(file, target(file, link.group(1)), link.group(2))))
                .toList();

        assertThat(links).hasSizeGreaterThan(100).allMatch(LinksTest::leadsSomewhere);
    }

    @Test
    void shouldNameDocumentsThatExistInCodeAndManifests() {
        List<Link> named = files(Path.of("src"), Path.of("deploy"), Path.of("."))
                .filter(file -> file.toString().matches(".*\\.(java|json|md|properties|xml|yaml|yml)|.*Dockerfile"))
                .flatMap(file ->
                        found(NAMED, text(file)).map(name -> new Link(file, Path.of(name.group(1)), name.group(2))))
                .toList();

        assertThat(named).hasSizeGreaterThan(20).allMatch(LinksTest::leadsSomewhere);
    }

    private static boolean leadsSomewhere(Link link) {
        return Files.exists(link.to())
                && (link.heading().isEmpty() || headings(link.to()).contains(link.heading()));
    }

    private static Path target(Path from, String path) {
        return path.isEmpty() ? from : from.resolveSibling(path).normalize();
    }

    /** As GitHub makes anchors of them. */
    private static Set<String> headings(Path document) {
        return found(HEADING, CODE.matcher(text(document)).replaceAll(""))
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Those below the folders; of the project's own folder, those that lie in it. */
    private static Stream<Path> files(Path... folders) {
        return Stream.of(folders).flatMap(folder -> {
            try (Stream<Path> walk = Files.walk(folder, folder.equals(Path.of(".")) ? 1 : Integer.MAX_VALUE)) {
                return walk.filter(Files::isRegularFile).map(Path::normalize).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
