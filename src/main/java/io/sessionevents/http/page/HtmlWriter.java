package io.sessionevents.http.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes nodes as HTML. The only place where markup is made of text. */
final class HtmlWriter {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "img", "br", "col");

    private final StringBuilder html = new StringBuilder(16 * 1024);
    private final @Nullable Instant now;

    private HtmlWriter(@Nullable Instant now) {
        this.now = now;
    }

    /** The document as it is at that time. */
    static String document(Node node, Instant now) {
        var writer = new HtmlWriter(now);
        writer.html.append("<!doctype html>\n");
        writer.write(node);
        return writer.html.append('\n').toString();
    }

    /** The document without what passes with time alone: two that are equal show the same things. */
    static String timeless(Node node) {
        var writer = new HtmlWriter(null);
        writer.write(node);
        return writer.html.toString();
    }

    private void write(Node node) {
        switch (node) {
            case Node.Text text -> escaped(text.text());
            case Node.Several several -> several.nodes().forEach(this::write);
            case Node.Relative relative -> write(relative);
            case Node.Element element -> write(element);
            case Node.Now _ -> writeNow();
        }
    }

    private void write(Node.Element element) {
        html.append('<').append(element.tag());
        for (Attribute attribute : element.attributes()) {
            html.append(' ').append(attribute.name()).append("=\"");
            escaped(attribute.value());
            html.append('"');
        }
        html.append('>');
        if (!VOID.contains(element.tag())) {
            element.children().forEach(this::write);
            html.append("</").append(element.tag()).append('>');
        }
    }

    private void write(Node.Relative relative) {
        html.append("<time datetime=\"").append(relative.at()).append("\" title=\"");
        html.append(relative.at())
                .append("\" data-form=\"")
                .append(relative.form().name());
        html.append("\">");
        if (now != null) {
            html.append(Elapsed.text(Duration.between(relative.at(), now), relative.form()));
        }
        html.append("</time>");
    }

    private void writeNow() {
        if (now != null) {
            html.append("<time id=\"as-of\" datetime=\"").append(now).append("\">");
            html.append(Clock.text(now)).append("</time>");
        }
    }

    private void escaped(String text) {
        String visible = VisibleText.of(text);
        for (int i = 0; i < visible.length(); i++) {
            char character = visible.charAt(i);
            switch (character) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(character);
            }
        }
    }
}
