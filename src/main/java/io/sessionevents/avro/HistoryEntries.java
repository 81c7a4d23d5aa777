package io.sessionevents.avro;

import io.sessionevents.session.Amount;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionIdentity;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.Usage;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.v1.SessionStateChanged;
import io.sessionevents.v1.SessionStateCode;
import io.sessionevents.v1.SessionUsage;
import io.sessionevents.v1.UsageAmounts;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * From the public records back to the domain, whatever version of the service has written them. Values of the configuration and the
 * network are left where they are.
 */
public final class HistoryEntries {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Deserializer<IndexedRecord> values;

    /** @param registry asked for the schemas; may block */
    public HistoryEntries(SchemaRegistry registry) {
        this.values = new RegistryAvroSerde<>(registry, true).deserializer();
    }

    /**
     * What a record tells of a session. One that cannot be read, or that tells of another session than its key says, is {@link
     * HistoryEntry.Unreadable}.
     *
     * @param key of the record
     * @throws RegistryException if the registry cannot be asked
     */
    public HistoryEntry read(SessionKey key, Position position, byte[] value) {
        try {
            return entry(key, position, values.deserialize(position.topic(), value));
        } catch (MalformedRecordException e) {
            return new HistoryEntry.Unreadable(position, String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            if (e.aboutOneSchema()) {
                return new HistoryEntry.Unreadable(position, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static HistoryEntry entry(SessionKey key, Position position, IndexedRecord record) {
        try {
            return switch (record) {
                case SessionStateChanged event ->
                    new HistoryEntry.Change(position, change(key, event), event.getOmitted());
                case SessionUsage usage -> new HistoryEntry.UsageRevision(position, usage(key, usage));
                case io.sessionevents.v1.SessionAlert event -> alert(key, position, event);
                default ->
                    new HistoryEntry.Unreadable(
                            position,
                            "a record of " + record.getSchema().getFullName()
                                    + ", which is nothing that a history shows");
            };
        } catch (IllegalArgumentException e) {
            return new HistoryEntry.Unreadable(position, "a value that there cannot be: " + e.getMessage());
        }
    }

    private static StateChange change(SessionKey key, SessionStateChanged event) {
        check(key, event.getSource(), event.getApplicationId(), event.getSessionId());
        if (event.getSequence() < 1) {
            throw new IllegalArgumentException("sequence " + event.getSequence() + ", expected 1 or more");
        }
        check(event.getOccurredAt(), event.getObservedAt(), event.getPreviousObservedAt());
        SessionStateCode previous = event.getPreviousState();
        return new StateChange(
                key,
                event.getSequence(),
                previous == null ? null : SessionState.of(previous.name()),
                event.getMissedStates().stream()
                        .map(state -> SessionState.of(state.name()))
                        .toList(),
                event.getOccurredAt(),
                event.getObservedAt(),
                event.getPreviousObservedAt(),
                event.getLabels(),
                Origin.valueOf(event.getOrigin().name()),
                session(event.getSession()));
    }

    private static HistoryEntry alert(SessionKey key, Position position, io.sessionevents.v1.SessionAlert event) {
        check(key, event.getSource(), event.getApplicationId(), event.getSessionId());
        check(event.getRaisedAt(), event.getClearedAt(), event.getPreviousLookAt(), event.getBeganAt());
        Double measured = event.getMeasured();
        if (!Double.isFinite(event.getThreshold()) || (measured != null && !Double.isFinite(measured))) {
            throw new IllegalArgumentException("a number that is none, expected a finite one");
        }
        return AlertEvents.alert(event)
                .<HistoryEntry>map(alert -> new HistoryEntry.Alert(position, alert))
                .orElseGet(() -> new HistoryEntry.Unreadable(
                        position, "an alert of a kind, status or reason that this version does not know"));
    }

    /** AWS's and ours lie far within; beyond them, times cannot be compared. */
    private static void check(@Nullable Instant... moments) {
        for (Instant moment : moments) {
            if (moment != null && (moment.isBefore(EARLIEST) || moment.isAfter(LATEST))) {
                throw new IllegalArgumentException("a time before the year 0 or after the year 9999");
            }
        }
    }

    private static void check(SessionKey key, String source, String applicationId, String sessionId) {
        if (!key.equals(new SessionKey(source, applicationId, sessionId))) {
            throw new IllegalArgumentException("it tells of another session than its key");
        }
    }

    private static Session session(io.sessionevents.v1.Session session) {
        check(
                session.getCreatedAt(),
                session.getUpdatedAt(),
                session.getStartedAt(),
                session.getEndedAt(),
                session.getIdleSince());
        var total = session.getTotalResourceUtilization();
        var billed = session.getBilledResourceUtilization();
        return new Session(
                session.getApplicationId(),
                session.getSessionId(),
                session.getArn(),
                session.getName(),
                session.getState(),
                session.getStateDetails(),
                session.getReleaseLabel(),
                session.getExecutionRoleArn(),
                session.getCreatedBy(),
                session.getCreatedAt(),
                session.getUpdatedAt(),
                session.getStartedAt(),
                session.getEndedAt(),
                session.getIdleSince(),
                null,
                null,
                session.getIdleTimeoutMinutes(),
                session.getTags(),
                total == null
                        ? null
                        : ResourceUtilization.of(
                                total.getVCPUHour(), total.getMemoryGBHour(), total.getStorageGBHour()),
                billed == null
                        ? null
                        : ResourceUtilization.of(
                                billed.getVCPUHour(), billed.getMemoryGBHour(), billed.getStorageGBHour()),
                session.getTotalExecutionDurationSeconds());
    }

    private static UsageRecord usage(SessionKey key, SessionUsage usage) {
        check(key, usage.getSource(), usage.getApplicationId(), usage.getSessionId());
        check(usage.getSettledAt(), usage.getUnchangedSince(), usage.getStartedAt(), usage.getEndedAt());
        return new UsageRecord(
                key,
                usage.getRevision(),
                UsageStatus.valueOf(usage.getStatus().name()),
                usage.getSettledAt(),
                usage.getUnchangedSince(),
                usage.getLooks(),
                new SessionIdentity(
                        usage.getArn(),
                        usage.getName(),
                        usage.getCreatedBy(),
                        usage.getExecutionRoleArn(),
                        usage.getReleaseLabel(),
                        usage.getTags()),
                usage.getLabels(),
                SessionState.of(usage.getFinalState().name()),
                usage.getStartedAt(),
                usage.getEndedAt(),
                new Usage(
                        amounts(usage.getBilled()),
                        amounts(usage.getTotal()),
                        usage.getTotalExecutionDurationSeconds()),
                amounts(usage.getBilledDelta()),
                usage.getTerminalEventId());
    }

    private static @Nullable ResourceUtilization amounts(@Nullable UsageAmounts amounts) {
        return amounts == null
                ? null
                : new ResourceUtilization(
                        amount(amounts.getVCPUHour(), amounts.getVCPUHourText()),
                        amount(amounts.getMemoryGBHour(), amounts.getMemoryGBHourText()),
                        amount(amounts.getStorageGBHour(), amounts.getStorageGBHourText()));
    }

    private static @Nullable Amount amount(@Nullable Double value, @Nullable String text) {
        return value == null ? null : Amount.sent(value, text);
    }
}
