package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.tracking.DeadLetterHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of the dead-letter topic, as people want to see it. Its bytes come from anyone, so no control character is printed. */
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
    private static final int BRIEF = 60;
    private static final String NOTHING = "(null)";

    /** A place in the topic. */
    record Place(int partition, long offset) {
        @Override
        public String toString() {
            return partition + ":" + offset;
        }
    }

    Place place() {
        return new Place(record.partition(), record.offset());
    }

    Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** The code of the reason; empty if somebody else has written the record. */
    String reason() {
        return header(DeadLetterHeaders.REASON);
    }

    String message() {
        return header(DeadLetterHeaders.MESSAGE);
    }

    String key() {
        return text(record.key());
    }

    String brief() {
        String key = key();
        return key.length() <= BRIEF ? key : key.substring(0, BRIEF) + "…";
    }

    String value() {
        return text(record.value());
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", record.partition())
                .put("offset", record.offset())
                .put("time", time().toString())
                .put("reason", reason())
                .put("message", message());
        json.put("key", record.key()).put("value", record.value());
        ObjectNode headers = json.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()));
        }
        return json.toString();
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    /** As text if it is some, else in hexadecimal. */
    static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NOTHING;
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
                return text.replace("\n", "\\n").replace("\t", "\\t");
            }
        } catch (CharacterCodingException e) {
            return hexadecimal(bytes);
        }
        return hexadecimal(bytes);
    }

    private static String hexadecimal(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
