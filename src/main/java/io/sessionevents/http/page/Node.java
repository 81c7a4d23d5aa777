package io.sessionevents.http.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document. Text is a node of its own and escaped when it is written, so that nothing from outside can become markup,
 * whoever puts it where.
 */
sealed interface Node extends Content {
    Node NOTHING = new Several(List.of());

    /** Text as it is, but for characters that cannot be seen: these are shown as their code points. */
    record Text(String text) implements Node {}

    /** An element with attributes and children in the order in which they are written. */
    record Element(String tag, List<Attribute> attributes, List<Node> children) implements Node {
        private static final Set<String> FORBIDDEN = Set.of("style", "iframe", "object", "embed", "base");

        /** @throws IllegalArgumentException if a page may not have such an element */
        public Element {
            attributes = List.copyOf(attributes);
            children = List.copyOf(children);
            boolean inline = tag.equals("script") && !children.isEmpty();
            if (!tag.matches("[a-z][a-z0-9]*") || FORBIDDEN.contains(tag) || inline) {
                throw new IllegalArgumentException("no element may be named " + tag);
            }
        }
    }

    /** Nodes one after the other; none at all is a part that is left out. */
    record Several(List<Node> nodes) implements Node {
        public Several {
            nodes = List.copyOf(nodes);
        }
    }

    /** A moment, shown as the time between it and the one at which the document is written. */
    record Relative(Instant at, Elapsed.Form form) implements Node {}

    /** The moment at which the document shows things. */
    record Now() implements Node {}

    static Text text(String text) {
        return new Text(text);
    }

    static Text text(long number) {
        return new Text(Long.toString(number));
    }

    /**
     * A value from outside: apart from the text around it, so that its direction stays its own, and cut if it is very long.
     *
     * @param value null for none
     */
    static Node outside(@Nullable String value) {
        return value == null || value.isEmpty()
                ? none()
                : element("bdi", new Text(VisibleText.cut(value, VisibleText.LONGEST)));
    }

    /** What is wrong, in words that may come from outside: as above, but long enough for what to do about it. */
    static Node sentence(String words) {
        return element("bdi", new Text(VisibleText.cut(words, VisibleText.LONGEST_SENTENCE)));
    }

    /** Stands where nothing is known. */
    static Node none() {
        return element("span", with("class", "none"), text("–"));
    }

    static Attribute with(String name, String value) {
        return new Attribute(name, value);
    }

    static Element element(String tag, Content... contents) {
        List<Attribute> attributes = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        for (Content content : contents) {
            switch (content) {
                case Attribute attribute -> attributes.add(attribute);
                case Node node -> children.add(node);
            }
        }
        return new Element(tag, attributes, children);
    }

    static Node several(Node... nodes) {
        return new Several(Arrays.asList(nodes));
    }

    static Node several(Collection<? extends Node> nodes) {
        return new Several(List.copyOf(nodes));
    }

    /** How long ago that was; nothing known if null. */
    static Node ago(@Nullable Instant at) {
        return at == null ? none() : new Relative(at, Elapsed.Form.AGO);
    }

    /** For how long something has lasted since then; nothing known if null. */
    static Node since(@Nullable Instant at) {
        return at == null ? none() : new Relative(at, Elapsed.Form.FOR);
    }

    /** A length of time that stands still. */
    static Text lasting(Duration duration) {
        return text(Elapsed.text(duration));
    }
}
