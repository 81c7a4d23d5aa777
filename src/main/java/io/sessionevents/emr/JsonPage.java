package io.sessionevents.emr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page of a listing, whose items are not looked at yet.
 *
 * @param nextToken where the next page begins; null if there is none
 */
record JsonPage(List<JsonNode> nodes, @Nullable String nextToken) {
    private static final Logger log = LoggerFactory.getLogger(JsonPage.class);

    /** It goes into a URL. AWS declares 1024 characters. */
    static final int LONGEST_TOKEN = 4096;

    private static final String TOKEN = "nextToken";

    /** Times as AWS sends them: a double would round them. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .reader();

    /**
     * What the items came to.
     *
     * @param read in the order of the page
     * @param unreadable how many could not be read
     */
    record Items<T>(List<T> read, int unreadable) {}

    /**
     * Reads one.
     *
     * @param items name of the member that has the items
     * @return empty if the body holds no list of that name
     * @throws MalformedAnswerException if it has a token that is none
     */
    static Optional<JsonPage> read(byte[] body, String items) {
        JsonNode page;
        try {
            page = JSON.readTree(body);
        } catch (IOException e) {
            return Optional.empty();
        }
        // Jackson's answer to no bytes is a missing node, or none.
        return page != null && page.path(items).isArray()
                ? Optional.of(new JsonPage(page.path(items).valueStream().toList(), token(page.path(TOKEN))))
                : Optional.empty();
    }

    private static @Nullable String token(JsonNode sent) {
        if (sent.isMissingNode() || sent.isNull()) {
            return null;
        }
        if (!sent.isTextual() || sent.textValue().length() > LONGEST_TOKEN) {
            throw new MalformedAnswerException("the page has nextToken " + Text.brief(sent.toString())
                    + ", expected a text of " + LONGEST_TOKEN + " characters at most");
        }
        return sent.textValue().isEmpty() ? null : sent.textValue();
    }

    /**
     * Reads every item for itself; one that cannot be read is left out.
     *
     * @param reader throws {@link MalformedAnswerException} for one that is none
     */
    <T> Items<T> items(Function<JsonItem, T> reader) {
        List<T> read = new ArrayList<>();
        int unreadable = 0;
        for (JsonNode node : nodes) {
            try {
                read.add(reader.apply(JsonItem.of(node)));
            } catch (MalformedAnswerException e) {
                unreadable++;
                log.atDebug().log("Left out of a page: {}", e.getMessage());
            }
        }
        return new Items<>(read, unreadable);
    }
}
