package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.HistoryEntry.Position;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionHistoryTest {
    private static final Position SOMEWHERE = new Position("changes", 3, 17, SessionSample.START);

    @ParameterizedTest
    @CsvSource({
        "'1,2,3', 0",
        // Deleted by retention, or of before the topic was made anew.
        "'5,6', 4",
        "'1,2,5,7', 3",
        // Of a service that has lost its state and began anew.
        "'3,4,1,2', 2",
        "'1,1,2', 0",
        "'9223372036854775807', 9223372036854775806"
    })
    void shouldCountTheChangesThatAreMissing(String sequences, long missing) {
        long[] numbers = List.of(sequences.split(",")).stream()
                .mapToLong(Long::parseLong)
                .toArray();

        assertThat(history(0, numbers).missingChanges()).isEqualTo(missing);
        assertThat(history(2, numbers).missingChanges()).isZero();
    }

    @Test
    void shouldNotCountBeyondTheLargestNumber() {
        assertThat(history(0, Long.MAX_VALUE, 1, Long.MAX_VALUE, 1, Long.MAX_VALUE)
                        .missingChanges())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldSayWhetherItIsWhole() {
        assertThat(new SessionHistory(SessionSample.KEY, List.of(), 0, 0, 9))
                .returns(true, SessionHistory::whole)
                .returns(true, SessionHistory::unknown);
        assertThat(new SessionHistory(SessionSample.KEY, List.of(), 0, 1, 9))
                .returns(false, SessionHistory::whole)
                .returns(false, SessionHistory::unknown);
        assertThat(new SessionHistory(SessionSample.KEY, List.of(), 1, 0, 9))
                .returns(false, SessionHistory::whole)
                .returns(false, SessionHistory::unknown);
        assertThat(history(0, 1).unknown()).isFalse();
    }

    @Test
    void shouldKnowTheSessionByTheYoungestEntryThatTells() {
        UsageRecord usage = UsageSample.record(SessionSample.KEY, null, Map.of());
        var unreadable = new HistoryEntry.Unreadable(SOMEWHERE, "why");

        assertThat(history(List.of(change(1), new HistoryEntry.UsageRevision(SOMEWHERE, usage), unreadable))
                        .identity())
                .contains(usage.identity());
        assertThat(history(List.of(new HistoryEntry.UsageRevision(SOMEWHERE, usage), change(1)))
                        .identity()
                        .map(SessionIdentity::createdBy))
                .contains("arn:aws:iam::123456789012:user/ada");
        assertThat(history(List.of(unreadable)).identity()).isEmpty();
    }

    @Test
    void shouldMissTheChangesThatOthersTellOf() {
        var alert = new HistoryEntry.Alert(SOMEWHERE, AlertSample.raised(SessionSample.KEY, null, Map.of()));
        var usage =
                new HistoryEntry.UsageRevision(SOMEWHERE, UsageSample.record(SessionSample.KEY, Map.of(), Map.of()));

        assertThat(history(List.of(alert)).missingChanges())
                .as("an alert of change 4")
                .isEqualTo(4);
        assertThat(history(List.of(alert, change(4))).missingChanges()).isEqualTo(3);
        assertThat(history(List.of(change(1), change(2), alert)).missingChanges())
                .isEqualTo(2);
        assertThat(history(List.of(change(1), change(5), alert)).missingChanges())
                .isEqualTo(3);
        assertThat(history(List.of(usage)).missingChanges()).isEqualTo(1);
        assertThat(history(List.of(change(1), usage)).missingChanges()).isZero();
    }

    @Test
    void shouldSayWhereARecordIs() {
        assertThat(SOMEWHERE).hasToString("offset 17 of partition 3 of changes");
    }

    private static SessionHistory history(long older, long... sequences) {
        return new SessionHistory(
                SessionSample.KEY,
                LongStream.of(sequences)
                        .mapToObj(SessionHistoryTest::change)
                        .<HistoryEntry>map(change -> change)
                        .toList(),
                older,
                0,
                9);
    }

    private static SessionHistory history(List<HistoryEntry> entries) {
        return new SessionHistory(SessionSample.KEY, entries, 0, 0, 3);
    }

    private static HistoryEntry.Change change(long sequence) {
        return new HistoryEntry.Change(
                SOMEWHERE,
                new StateChange(
                        SessionSample.KEY,
                        sequence,
                        null,
                        List.of(),
                        SessionSample.START,
                        SessionSample.START,
                        null,
                        Map.of(),
                        Origin.PUBLISHED,
                        SessionSample.in("IDLE").session()));
    }
}
