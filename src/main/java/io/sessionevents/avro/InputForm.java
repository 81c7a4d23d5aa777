package io.sessionevents.avro;

import io.sessionevents.session.DeadLetterReason;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a value of the input topic looks like, told by its first bytes: white space and UTF-8's byte-order mark before the first
 * sign do not count. Pure.
 */
enum InputForm {
    JSON_OBJECT,
    TEXT,
    /** A control character comes first: some binary format, Confluent's framing begins with 0. */
    BINARY;

    private static final int FIRST_SIGN = 0x20;
    private static final int BYTE_ORDER_MARK = 3;

    static InputForm of(byte[] value) {
        int begin = begin(value);
        if (begin < value.length && value[begin] == '{') {
            return JSON_OBJECT;
        }
        return begin == 0 && Byte.toUnsignedInt(value[0]) < FIRST_SIGN ? BINARY : TEXT;
    }

    /** Where the first sign is; the length if there is none. */
    static int begin(byte[] value) {
        int begin = startsWith(value, 0xEF, 0xBB, 0xBF) ? BYTE_ORDER_MARK : 0;
        while (begin < value.length && isSpace(value[begin])) {
            begin++;
        }
        return begin;
    }

    /** Refuses text that is no session for a reason that can be told from its first signs. */
    static void refuseOtherForms(byte[] value) throws UnreadableInput {
        if (startsWith(value, 0xFE, 0xFF) || startsWith(value, 0xFF, 0xFE)) {
            throw new UnreadableInput(DeadLetterReason.UNREADABLE_TEXT, "the text is UTF-16, expected UTF-8");
        }
        int begin = begin(value);
        if (begin == value.length) {
            throw new UnreadableInput(DeadLetterReason.UNREADABLE_TEXT, "nothing but white space");
        }
        if (value[begin] == '[') {
            throw new UnreadableInput(
                    DeadLetterReason.UNREADABLE_JSON, "a JSON array, expected a record for each session");
        }
        if (value[begin] == '"') {
            throw begin + 1 < value.length && value[begin + 1] == '{'
                    ? new UnreadableInput(
                            DeadLetterReason.UNREADABLE_JSON,
                            "a JSON string that holds JSON (serialized twice), expected the object itself")
                    : new UnreadableInput(
                            DeadLetterReason.UNREADABLE_TEXT, "text in quotation marks, expected it without them");
        }
    }

    /** Where a header holds what is expected in the value: a sentence to add to a message; else empty. */
    static String schemaIdInHeader(Headers headers) {
        for (Header header : headers) {
            if (header.key().equals("__value_schema_id") || header.key().startsWith("apicurio.value.")) {
                return "; header " + header.key()
                        + " holds a schema id, expected it in the value (a zero byte and four bytes):"
                        + " configure the publisher's serializer so";
            }
        }
        return "";
    }

    private static boolean isSpace(byte sign) {
        return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t';
    }

    private static boolean startsWith(byte[] value, int... signs) {
        if (value.length < signs.length) {
            return false;
        }
        for (int i = 0; i < signs.length; i++) {
            if (Byte.toUnsignedInt(value[i]) != signs[i]) {
                return false;
            }
        }
        return true;
    }
}
