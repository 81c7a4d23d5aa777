package io.sessionevents.local.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Where a page begins. What moves to before it while pages are read is not listed, and what moves behind it is listed twice.
 *
 * @param page its number
 * @param after position of the last item of the page before
 */
record ListToken(int page, String after) {
    private static final String SEPARATOR = "#";

    /** @throws IllegalArgumentException with what AWS says of it */
    static ListToken parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, 2);
            return new ListToken(Integer.parseInt(parts[0]), parts[1]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("Invalid nextToken", e);
        }
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((page + SEPARATOR + after).getBytes(UTF_8));
    }
}
