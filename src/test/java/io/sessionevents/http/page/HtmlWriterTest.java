package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.ago;
import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.since;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlWriterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void shouldEscapeTextAndValues() {
        String evil = "<script>alert('1') & \"2\"</script>";

        assertThat(written(element("p", with("title", evil), text(evil))))
                .isEqualTo("<p title=\"&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;\">"
                        + "&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;</p>");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\u202Eb,      a[U+202E]b",
        "a\\u200Bb,      a[U+200B]b",
        "a\\u0000b,      a[U+0000]b",
        "a\\u000Ab,      a[U+000A]b",
        "a\\u2028b,      a[U+2028]b",
        "a\\u3164b,      a[U+3164]b",
        "a\\uDB40\\uDC41b, a[U+E0041]b",
        "a\\uD800b,      a[U+D800]b",
        "a\\uFE0Fb,      a[U+FE0F]b",
        "שלום,            שלום",
        "Zoë 東京 😀,      Zoë 東京 😀"
    })
    void shouldShowWhatWouldHide(String value, String shown) {
        assertThat(written(outside(unicode(value)))).isEqualTo("<bdi>" + shown + "</bdi>");
    }

    @Test
    void shouldCutLongValuesBetweenCharacters() {
        assertThat(written(outside("😀".repeat(VisibleText.LONGEST + 1))))
                .isEqualTo("<bdi>" + "😀".repeat(VisibleText.LONGEST) + "…</bdi>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "ONCLICK", "onLoad", "style", "srcdoc", "a b", "x\"y", "x=", ""})
    void shouldRefuseAttributes(String name) {
        assertThatThrownBy(() -> with(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://x/", "//x/", "/\\x", "data:,x", "", "x", " /x", "\n/x"})
    void shouldRefuseAddressesElsewhere(String address) {
        assertThatThrownBy(() -> with("href", address)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"style", "iframe", "object", "base", "p onclick", "SCRIPT", ""})
    void shouldRefuseElements(String tag) {
        assertThatThrownBy(() -> element(tag)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseScriptsInThePage() {
        assertThatThrownBy(() -> element("script", text("alert(1)"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellTimeByTheMomentOfTheDocument() {
        assertThat(written(element("p", ago(NOON.minusSeconds(90)), since(NOON.minusSeconds(90)), ago(null))))
                .isEqualTo("<p><time datetime=\"2026-11-23T11:58:30Z\" title=\"2026-11-23T11:58:30Z\""
                        + " data-form=\"AGO\">1 min ago</time>"
                        + "<time datetime=\"2026-11-23T11:58:30Z\" title=\"2026-11-23T11:58:30Z\""
                        + " data-form=\"FOR\">1 min</time><span class=\"none\">–</span></p>");
    }

    /** Or else no browser would ever hear that it has the page already. */
    @Test
    void shouldHaveTheSameVersionWhileOnlyTimePasses() {
        Node node = element("p", new Node.Now(), ago(NOON), text("x"));

        assertThat(Pages.Page.of(node, NOON).version())
                .isEqualTo(Pages.Page.of(node, NOON.plusSeconds(99)).version())
                .isNotEqualTo(Pages.Page.of(element("p", new Node.Now(), ago(NOON), text("y")), NOON)
                        .version())
                .isNotEqualTo(Pages.Page.of(element("p", new Node.Now(), ago(NOON.plusSeconds(1)), text("x")), NOON)
                        .version());
    }

    /** A source file cannot hold all of them. */
    private static String unicode(String text) {
        return Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String written(Node node) {
        String document = HtmlWriter.document(node, NOON);
        return document.substring("<!doctype html>\n".length(), document.length() - 1);
    }
}
