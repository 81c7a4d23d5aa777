package io.sessionevents.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * A file that goes with the page.
 *
 * @param path where it is offered
 * @param type of the content
 * @param version of the content, see {@link Pages.Page}
 */
public record PageFile(String path, String type, String content, String version) {
    /** All of them. */
    public static final List<PageFile> ALL = List.of(
            read("page.css", "text/css; charset=utf-8"),
            read("page.js", "text/javascript; charset=utf-8"),
            read("icon.svg", "image/svg+xml"));

    private static PageFile read(String name, String type) {
        try (InputStream stream = PageFile.class.getResourceAsStream(name)) {
            String content = new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
            return new PageFile("/page/" + name, type, content, Version.of(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
