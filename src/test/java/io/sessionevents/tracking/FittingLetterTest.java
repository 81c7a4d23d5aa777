package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.kafka.RecordSize;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dead letter fits into its topic whatever it holds. */
class FittingLetterTest {
    private static final Headers OURS = DeadLetterHeaders.ofInput(
            "session-ids",
            new InputRecord(new byte[0], new byte[0], List.of(), 11, Long.MAX_VALUE),
            new Request.Unreadable(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION, "ä".repeat(5_000)));

    @Test
    void shouldKeepWhatFitsAsItIs() {
        Headers original = new RecordHeaders().add("a", "b".getBytes(UTF_8));
        var letter = FittingLetter.of(bytes(10), bytes(1_000), original, OURS, new RecordLimit(10_000));

        assertThat(letter.key()).isEqualTo(bytes(10));
        assertThat(letter.value()).isEqualTo(bytes(1_000));
        assertThat(letter.headers().headers("a")).hasSize(1);
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.VALUE_BYTES)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 30000000, 0, 0",
        "30000000, 10, 0, 0",
        "2000000, 2000000, 100000, 0",
        "-1, 5000000, 20, 100000",
        "10, -1, 200, 100000",
        "900, 64000, 1000, 1000"
    })
    void shouldFitWhateverItHolds(int key, int value, int headers, int headerBytes) {
        for (int limit : new int[] {8_000, 16_384, 100_000, RecordLimit.KAFKA_DEFAULT, 9 * 1024 * 1024}) {
            var taken = new RecordLimit(limit);
            var letter = FittingLetter.of(bytes(key), bytes(value), many(headers, headerBytes), OURS, taken);

            assertThat(taken.takes(RecordSize.of(letter.key(), letter.value(), letter.headers())))
                    .as("limit %d", limit)
                    .isTrue();
            assertThat(letter.headers().lastHeader(DeadLetterHeaders.REASON)).isNotNull();
            assertThat(letter.key() == null).isEqualTo(key < 0);
            assertThat(letter.value() == null).isEqualTo(value < 0);
        }
    }

    @Test
    void shouldSayWhatWasCutOff() {
        var letter = FittingLetter.of(
                bytes(2_000), "abc".repeat(1_000_000).getBytes(UTF_8), many(3, 2_000), OURS, new RecordLimit(100_000));

        assertThat(text(letter, DeadLetterHeaders.VALUE_BYTES)).isEqualTo("3000000");
        assertThat(text(letter, DeadLetterHeaders.VALUE_SHA256))
                .isEqualTo("f4096a131e7e6ebfa7a512b5c299e13b065df34d15624ee1202ab394cc4d7e90");
        assertThat(text(letter, DeadLetterHeaders.KEY_BYTES)).isEqualTo("2000");
        assertThat(text(letter, DeadLetterHeaders.HEADERS_LEFT_OUT)).isEqualTo("3");
        assertThat(letter.key()).hasSize(FittingLetter.KEY_HEAD);
        assertThat(letter.value()).hasSize(FittingLetter.VALUE_HEAD).startsWith("abc".getBytes(UTF_8));
    }

    @Test
    void shouldNotTakeHeadersOfOthersForItsOwn() {
        Headers forged = new RecordHeaders()
                .add(DeadLetterHeaders.REASON, "forged".getBytes(UTF_8))
                .add(DeadLetterHeaders.VALUE_BYTES, "5".getBytes(UTF_8))
                .add(DeadLetterHeaders.REPLAYED, "0:1".getBytes(UTF_8));
        var letter = FittingLetter.of(null, bytes(5), forged, OURS, new RecordLimit(100_000));

        assertThat(letter.headers().headers(DeadLetterHeaders.REASON)).hasSize(1);
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.VALUE_BYTES)).isNull();
        assertThat(letter.headers().lastHeader(DeadLetterHeaders.REPLAYED)).isNull();
    }

    private static byte @Nullable [] bytes(int number) {
        if (number < 0) {
            return null;
        }
        byte[] bytes = new byte[number];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private static Headers many(int number, int bytes) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < number; i++) {
            headers.add("h" + i, new byte[bytes]);
        }
        return headers;
    }

    private static String text(FittingLetter letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
