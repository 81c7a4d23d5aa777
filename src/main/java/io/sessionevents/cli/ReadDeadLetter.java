package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Printable;
import io.sessionevents.tracking.DeadLetterHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of the dead-letter topic, as people want to see it. Its bytes come from anyone, so no control character is printed. */
record ReadDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    private static final int BRIEF = 60;
    private static final String NOTHING = "(null)";
    private static final Pattern PLACE = Pattern.compile("(\\d{1,6}):(\\d{1,18})");

    /** A place in the topic. */
    record Place(int partition, long offset) {
        @Override
        public String toString() {
            return partition + ":" + offset;
        }
    }

    /** Where the original record was read. */
    record Origin(String topic, int partition, long offset) {}

    /** Of which dead letter this record says that it was replayed; empty: it is a dead letter itself. */
    Optional<Place> replayed() {
        Matcher place = PLACE.matcher(header(DeadLetterHeaders.REPLAYED));
        return place.matches()
                ? Optional.of(new Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))))
                : Optional.empty();
    }

    /** Whether something of the original record was cut off. */
    boolean cut() {
        return !header(DeadLetterHeaders.VALUE_BYTES).isEmpty()
                || !header(DeadLetterHeaders.KEY_BYTES).isEmpty()
                || !header(DeadLetterHeaders.HEADERS_LEFT_OUT).isEmpty();
    }

    /** Empty if a lookup is the cause, or if somebody else has written the record. */
    Optional<Origin> origin() {
        Matcher place = PLACE.matcher(header(DeadLetterHeaders.PARTITION) + ":" + header(DeadLetterHeaders.OFFSET));
        return place.matches()
                ? Optional.of(new Origin(
                        header(DeadLetterHeaders.TOPIC),
                        Integer.parseInt(place.group(1)),
                        Long.parseLong(place.group(2))))
                : Optional.empty();
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

    /** What was cut off and where it is, in a sentence; empty if nothing was. */
    String cutOff() {
        if (!cut()) {
            return "";
        }
        return "The letter was too large for its topic and was cut"
                + part(DeadLetterHeaders.VALUE_BYTES, "; the value has %s bytes")
                + part(DeadLetterHeaders.KEY_BYTES, "; the key has %s bytes")
                + part(DeadLetterHeaders.HEADERS_LEFT_OUT, "; %s headers were left out")
                + origin().map(origin -> ". The original is in %s, partition %d, offset %d, while that topic keeps it."
                                .formatted(origin.topic(), origin.partition(), origin.offset()))
                        .orElse(".");
    }

    private String part(String header, String format) {
        return header(header).isEmpty() ? "" : format.formatted(header(header));
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

    /** Whoever publishes chooses the name of a header as well as its value. */
    static String row(Header header) {
        return "%-32s %s".formatted("header " + text(header.key().getBytes(UTF_8)), text(header.value()));
    }

    /** As text if it is some, else in hexadecimal. */
    static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NOTHING;
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String line = text.replace("\n", "\\n").replace("\t", "\\t");
            if (Printable.of(line).equals(line)) {
                return line;
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
