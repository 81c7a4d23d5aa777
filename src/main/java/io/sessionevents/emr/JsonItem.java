package io.sessionevents.emr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/** One item of a page. Every method throws {@link MalformedAnswerException} if there is no such member. */
record JsonItem(JsonNode node) {
    private static final int MILLIS = 3;
    private static final BigDecimal MOST_SECONDS = BigDecimal.TEN.pow(12);

    static JsonItem of(JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedAnswerException("the item " + Text.brief(node.toString()) + " is no object");
        }
        return new JsonItem(node);
    }

    /** A text that is not empty. */
    String text(String member) {
        JsonNode sent = sent(member);
        if (!sent.isTextual() || sent.textValue().isEmpty()) {
            throw unexpected(member, sent, "a text");
        }
        return sent.textValue();
    }

    /** Seconds since 1970, to the millisecond: rounded as the SDK does it, so that lookups and listings tell the same time. */
    Instant time(String member, Bounds bounds) {
        JsonNode sent = sent(member);
        if (!sent.isNumber() || sent.decimalValue().abs().compareTo(MOST_SECONDS) > 0) {
            throw unexpected(member, sent, "seconds since 1970");
        }
        long millis = sent.decimalValue().scaleByPowerOfTen(MILLIS).longValue();
        return bounds.time(member, Instant.ofEpochMilli(millis));
    }

    /** Looks only whether it is there. */
    void require(String... members) {
        for (String member : members) {
            var _ = sent(member);
        }
    }

    private JsonNode sent(String member) {
        JsonNode sent = node.path(member);
        if (sent.isMissingNode() || sent.isNull()) {
            throw new MalformedAnswerException("the item has no " + member + ", which AWS declares as required");
        }
        return sent;
    }

    private static MalformedAnswerException unexpected(String member, JsonNode sent, String expected) {
        return new MalformedAnswerException(
                "the item has " + member + " " + Text.brief(sent.toString()) + ", expected " + expected);
    }
}
