package io.sessionevents;

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

/** Links between the documents of a folder: of the checkout, or of the distribution. */
public final class DocumentLinks {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)#?([^)\\s]*)\\)");

    private DocumentLinks() {}

    /** A place in a document, and where it leads: a file, and a heading in it unless that is empty. */
    public record Link(Path from, Path to, String heading) {
        /** Whether there is something. */
        public boolean leadsSomewhere() {
            return Files.exists(to) && (heading.isEmpty() || headings(to).contains(heading));
        }
    }

    /** Those of all documents: of the folder itself, and of what lies below {@code docs} and {@code deploy}. */
    public static List<Link> below(Path home) {
        return files(home, "docs", "deploy")
                .filter(file -> file.toString().endsWith(".md"))
                .flatMap(file -> found(LINK, CODE.matcher(text(file)).replaceAll(""))
                        .map(link -> new Link(file, target(file, link.group(1)), link.group(2))))
                .toList();
    }

    /** Those below these folders of {@code home}, and those that lie in {@code home} itself. */
    static Stream<Path> files(Path home, String... folders) {
        return Stream.concat(
                walk(home, 1), Stream.of(folders).flatMap(folder -> walk(home.resolve(folder), Integer.MAX_VALUE)));
    }

    private static Stream<Path> walk(Path folder, int depth) {
        try (Stream<Path> walk = Files.walk(folder, depth)) {
            return walk.filter(Files::isRegularFile).map(Path::normalize).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
