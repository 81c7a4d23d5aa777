package io.sessionevents;

import static io.sessionevents.DocumentLinks.files;
import static io.sessionevents.DocumentLinks.found;
import static io.sessionevents.DocumentLinks.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.DocumentLinks.Link;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A link from one document to another leads somewhere, and so does the name of a document in code, manifests and messages. */
class LinksTest {
    private static final Pattern NAMED = Pattern.compile("\\b(docs/[a-z-]+\\.md)#?([a-z-]*)");

    @Test
    void shouldLeadFromEachDocumentToFilesAndHeadingsThatExist() {
        assertThat(DocumentLinks.below(Path.of("."))).hasSizeGreaterThan(100).allMatch(Link::leadsSomewhere);
    }

    @Test
    void shouldNameDocumentsThatExistInCodeAndManifests() {
        List<Link> named = files(Path.of("."), "src", "deploy")
                .filter(file -> file.toString().matches(".*\\.(java|json|md|properties|xml|yaml|yml)|.*Dockerfile"))
                .flatMap(file ->
                        found(NAMED, text(file)).map(name -> new Link(file, Path.of(name.group(1)), name.group(2))))
                .toList();

        assertThat(named).hasSizeGreaterThan(20).allMatch(Link::leadsSomewhere);
    }
}
