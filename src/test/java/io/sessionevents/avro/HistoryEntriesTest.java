package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.v1.SessionIdEvent;
import io.sessionevents.v1.SessionStateChanged;
import io.sessionevents.v1.SessionUsage;
import io.sessionevents.v1.UsageAmounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryEntriesTest {
    private static final SessionKey KEY = new SessionKey("prod-eu", "app", "one");
    private static final Position SOMEWHERE = new Position("topic", 3, 17, SessionSample.START);

    private final Schemas registry = new Schemas();
    private final HistoryEntries entries = new HistoryEntries(registry);

    /** In memory. */
    private static final class Schemas implements SchemaRegistry {
        private final List<Schema> schemas = new ArrayList<>();
        private @Nullable RegistryException trouble;

        @Override
        public int idOf(String subject, Schema schema) {
            schemas.add(schema);
            return schemas.size() - 1;
        }

        @Override
        public Schema byId(int id) {
            if (trouble != null) {
                throw trouble;
            }
            return schemas.get(id);
        }
    }

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void shouldReadEveryChange(SessionState state) {
        StateChange change = change(state.name(), state);

        assertThat(read(event(change))).isEqualTo(new HistoryEntry.Change(SOMEWHERE, change));
    }

    @Test
    void shouldReadTheFirstChange() {
        StateChange first = new StateChange(
                KEY,
                1,
                null,
                List.of(),
                SessionSample.START,
                SessionSample.START,
                null,
                Map.of(),
                Origin.DISCOVERED,
                SessionSample.of(KEY).session());

        assertThat(read(event(first))).isEqualTo(new HistoryEntry.Change(SOMEWHERE, first));
    }

    /** Else no labels would mean that nobody gave any. */
    @Test
    void shouldSayWhatTheEventLeftOut() {
        SessionStateChanged event = event(change("IDLE", SessionState.BUSY));
        event = SessionStateChanged.newBuilder(event)
                .setOmitted(List.of("session.tags", "labels"))
                .build();

        assertThat(read(event))
                .isInstanceOfSatisfying(
                        HistoryEntry.Change.class,
                        entry -> assertThat(entry.omitted()).containsExactly("session.tags", "labels"));
    }

    /** The id of the event is reckoned anew from what was read. */
    @Test
    void shouldGiveAChangeTheIdThatItsEventHas() {
        SessionStateChanged event = event(change("IDLE", SessionState.BUSY));

        assertThat(read(event))
                .isInstanceOfSatisfying(
                        HistoryEntry.Change.class,
                        entry -> assertThat(entry.change().eventId()).isEqualTo(event.getEventId()));
    }

    @Test
    void shouldLeaveConfigurationAndNetworkWhereTheyAre() {
        var secret = new Session.Configuration("spark", Map.of("password", "hunter2"), List.of());
        StateChange change = changeOf(SessionSample.of(KEY)
                .overrides(new Session.ConfigurationOverrides(List.of(secret)))
                .session());

        HistoryEntry entry = read(new ChangeEvents(ConfigurationDetail.FULL).event(change));

        assertThat(entry).isInstanceOfSatisfying(HistoryEntry.Change.class, found -> {
            assertThat(found.change().session().configurationOverrides()).isNull();
            assertThat(found.change().session().networkConfiguration()).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource(UsageStatus.class)
    void shouldReadUsageDigitByDigit(UsageStatus status) {
        UsageRecord usage = UsageSample.told(status);

        assertThat(entries.read(usage.key(), SOMEWHERE, bytes(UsageEvents.event(usage))))
                .isEqualTo(new HistoryEntry.UsageRevision(SOMEWHERE, usage));
    }

    @Test
    void shouldReadUsageWithAllAndWithNothing() {
        UsageRecord all = UsageSample.record(KEY, Map.of("cost", "42"), Map.of("team", "blue"));
        UsageRecord nothing = UsageSample.withoutNumbers(KEY);

        assertThat(read(UsageEvents.event(all))).isEqualTo(new HistoryEntry.UsageRevision(SOMEWHERE, all));
        assertThat(read(UsageEvents.event(nothing))).isEqualTo(new HistoryEntry.UsageRevision(SOMEWHERE, nothing));
    }

    @Test
    void shouldReadAlerts() {
        SessionAlert raised = AlertSample.raised(KEY, Map.of("cost", "42"), Map.of("team", "blue"));
        SessionAlert cleared = AlertSample.cleared(KEY, AlertKind.BILLED_VCPU_HOURS, ClearReason.NOT_TRACKED);

        assertThat(read(AlertEvents.event(raised))).isEqualTo(new HistoryEntry.Alert(SOMEWHERE, raised));
        assertThat(read(AlertEvents.event(cleared))).isEqualTo(new HistoryEntry.Alert(SOMEWHERE, cleared));
    }

    @Test
    void shouldNotShowAlertsThatItDoesNotUnderstand() {
        var alert =
                io.sessionevents.v1.SessionAlert.newBuilder(AlertEvents.event(AlertSample.raised(KEY, null, Map.of())));

        assertUnreadable(
                read(alert.setKind(io.sessionevents.v1.AlertKind.UNKNOWN).build()),
                "an alert of a kind, status or reason that this version does not know");
        assertUnreadable(read(alert.setMeasured(Double.NaN).build()), "a number that is none");
        assertUnreadable(read(alert.setSessionId("two").build()), "it tells of another session than its key");
    }

    @Test
    void shouldTellWhatIsNoNumberFromANumber() {
        SessionUsage usage = billed(new UsageAmounts(0.1, "0.2", null, "12", 1.0, "not a number"));

        assertThat(read(usage))
                .isInstanceOfSatisfying(
                        HistoryEntry.UsageRevision.class,
                        entry -> assertThat(entry.usage().numbers().billed())
                                .isEqualTo(ResourceUtilization.of(0.1, null, 1.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void shouldNotShowNumbersThatCannotBe(double number) {
        SessionUsage usage = billed(new UsageAmounts(number, null, null, null, null, null));

        assertUnreadable(read(usage), "a value that there cannot be");
    }

    @Test
    void shouldNotShowASequenceThatCannotBe() {
        SessionStateChanged event = SessionStateChanged.newBuilder(event(change("IDLE", SessionState.BUSY)))
                .setSequence(0)
                .build();

        assertUnreadable(read(event), "sequence 0, expected 1 or more");
    }

    /** Beyond them, Java's times overflow where they are compared. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000L})
    void shouldNotShowTimesThatCannotBe(long millis) {
        SessionStateChanged event = SessionStateChanged.newBuilder(event(change("IDLE", SessionState.BUSY)))
                .setPreviousObservedAt(Instant.ofEpochMilli(millis))
                .build();

        assertUnreadable(read(event), "a time before the year 0 or after the year 9999");
    }

    /** Whoever writes it under this key, it is not for the readers of this session. */
    @Test
    void shouldNotShowWhatTellsOfAnotherSession() {
        SessionUsage usage = UsageEvents.event(UsageSample.record(new SessionKey("app", "one"), null, Map.of()));
        SessionStateChanged event = SessionStateChanged.newBuilder(event(change("IDLE", SessionState.BUSY)))
                .setSessionId("two")
                .build();

        assertUnreadable(read(usage), "it tells of another session than its key");
        assertUnreadable(read(event), "it tells of another session than its key");
    }

    @Test
    void shouldNotShowRecordsOfAnotherKind() {
        assertUnreadable(
                read(SessionIdEvent.newBuilder()
                        .setApplicationId("app")
                        .setSessionId("one")
                        .build()),
                "a record of io.sessionevents.v1.SessionIdEvent, which is nothing that a history shows");
    }

    @Test
    void shouldSayWhatIsNoRecord() {
        assertUnreadable(entries.read(KEY, SOMEWHERE, new byte[] {'{', '}'}), "the magic byte is 123, expected 0");
        assertUnreadable(entries.read(KEY, SOMEWHERE, new byte[0]), "no bytes at all");
        byte[] cut = bytes(event(change("IDLE", SessionState.BUSY)));
        assertUnreadable(
                entries.read(KEY, SOMEWHERE, java.util.Arrays.copyOf(cut, cut.length - 1)),
                "not a record of the schema");
    }

    @ParameterizedTest
    @EnumSource(RegistryException.Kind.class)
    void shouldTellTheRecordFromTheRegistry(RegistryException.Kind kind) {
        byte[] record = bytes(event(change("IDLE", SessionState.BUSY)));
        registry.trouble = new RegistryException(kind, "what is wrong", null);

        switch (kind) {
            case UNKNOWN_SCHEMA, UNSUPPORTED_SCHEMA ->
                assertUnreadable(entries.read(KEY, SOMEWHERE, record), "what is wrong");
            case UNAVAILABLE, REFUSED ->
                assertThatThrownBy(() -> entries.read(KEY, SOMEWHERE, record)).isSameAs(registry.trouble);
        }
    }

    private static void assertUnreadable(HistoryEntry entry, String reason) {
        assertThat(entry).isInstanceOfSatisfying(HistoryEntry.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).contains(reason);
            assertThat(unreadable.at()).isEqualTo(SessionSample.START);
        });
    }

    private HistoryEntry read(IndexedRecord record) {
        return entries.read(KEY, SOMEWHERE, bytes(record));
    }

    private byte[] bytes(IndexedRecord record) {
        return new RegistryAvroSerde<>(registry, true).serializer().serialize("topic", record);
    }

    private static SessionStateChanged event(StateChange change) {
        return new ChangeEvents(ConfigurationDetail.REDACTED).event(change);
    }

    private static SessionUsage billed(UsageAmounts amounts) {
        return SessionUsage.newBuilder(UsageEvents.event(UsageSample.record(KEY, null, Map.of())))
                .setBilled(amounts)
                .build();
    }

    private static StateChange change(String state, SessionState previous) {
        return new StateChange(
                KEY,
                7,
                previous,
                List.of(SessionState.STARTING, previous),
                SessionSample.START.plusMillis(1),
                SessionSample.START.plusMillis(2),
                SessionSample.START.plusMillis(3),
                Map.of("team", "blue"),
                Origin.PUBLISHED,
                whole(state));
    }

    private static StateChange changeOf(Session session) {
        return new StateChange(
                KEY,
                1,
                null,
                List.of(),
                SessionSample.START,
                SessionSample.START,
                null,
                Map.of(),
                Origin.PUBLISHED,
                session);
    }

    private static Session whole(String state) {
        return SessionSample.of(KEY)
                .state(state)
                .startedAt(SessionSample.START.plusSeconds(1))
                .endedAt(SessionSample.START.plusSeconds(2))
                .idleSince(SessionSample.START.plusSeconds(3))
                .idleTimeoutMinutes(60L)
                .tags(Map.of("cost", "42"))
                .total(ResourceUtilization.of(1.0, null, 2.0))
                .billed(ResourceUtilization.of(0.5, 4.0, null))
                .executionSeconds(59L)
                .session();
    }
}
