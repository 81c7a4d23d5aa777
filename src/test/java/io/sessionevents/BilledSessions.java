package io.sessionevents;

import static io.sessionevents.session.UsageStatus.CORRECTED;
import static io.sessionevents.session.UsageStatus.SETTLED;
import static io.sessionevents.session.UsageStatus.UNSETTLED;

import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.avro.UsageEvents;
import io.sessionevents.cli.AvroJson;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;

/** The sessions of which docs/billing.md shows results: two teams in two sources, with each kind of record. */
public final class BilledSessions {
    public static final String APPLICATION = "00g92n5o091bas09";
    public static final String APPLICATION_OF_EU = "00g92n5o091bas0b";

    private static final String US = "us-east-1:123456789012";
    private static final String EU = "eu-central-1:210987654321";
    private static final Instant FIRST_DAY = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SECOND_DAY = Instant.parse("2026-11-24T09:00:00Z");
    private static final Instant LAST_EVENING = Instant.parse("2026-11-30T22:00:00Z");
    private static final int HOUR = 3600;

    private BilledSessions() {}

    /** All usage records. */
    public static List<UsageRecord> usage() {
        return Stream.of(
                        session("1", "blue", FIRST_DAY).revision(SETTLED, after(FIRST_DAY, 2), "0.5", "2.0", "0"),
                        session("2", "blue", FIRST_DAY)
                                .revision(SETTLED, after(FIRST_DAY, 2), "0.1", "1", "1.50")
                                .revision(CORRECTED, after(FIRST_DAY, 7), "0.3", "1", "1.5"),
                        session("3", "green", SECOND_DAY).revision(UNSETTLED, after(SECOND_DAY, 25), null, null, null),
                        session("4", "green", SECOND_DAY).revision(UNSETTLED, after(SECOND_DAY, 25), "1", "4E0", null),
                        sessionOfEu("7", LAST_EVENING, 4).revision(SETTLED, after(LAST_EVENING, 5), "8", "32", "0.25"),
                        sessionOfEu("8", LAST_EVENING, 1)
                                .revision(SETTLED, after(LAST_EVENING, 2), "2", "8", "0")
                                .revision(CORRECTED, after(LAST_EVENING, 99), "1.9", "7.6", "0"))
                .flatMap(history -> history.records().stream())
                .toList();
    }

    /** What the command prints of them: one record is there twice. */
    public static void write(Path directory) throws IOException {
        List<UsageRecord> usage = new ArrayList<>(usage());
        usage.add(usage.getFirst());
        writeUsage(directory, usage);
        writeChanges(directory, changes());
    }

    /** The same of these. */
    public static void writeUsage(Path directory, List<UsageRecord> usage) throws IOException {
        writeLines(directory.resolve("usage.jsonl"), usage.stream().map(UsageEvents::event));
    }

    /** The same of these. */
    static void writeChanges(Path directory, Stream<StateChange> changes) throws IOException {
        var events = new ChangeEvents(ConfigurationDetail.REDACTED);
        writeLines(directory.resolve("events.jsonl"), changes.map(events::event));
    }

    /** Session 5 lives and lacks an event, session 6 has no record yet. */
    private static Stream<StateChange> changes() {
        Stream<StateChange> ended = usage().stream()
                .filter(usage -> usage.revision() == 1)
                .flatMap(usage -> Stream.of(
                        change(usage.key(), 1, "BUSY", usage.periodStart()),
                        change(usage.key(), 2, "TERMINATED", usage.periodEnd())));
        Stream<StateChange> others = Stream.of(
                change(key("5"), 1, "SUBMITTED", FIRST_DAY),
                change(key("5"), 3, "IDLE", FIRST_DAY.plusSeconds(119)),
                change(key("6"), 1, "SUBMITTED", SECOND_DAY),
                change(key("6"), 2, "TERMINATED", SECOND_DAY.plusSeconds(600)));
        return Stream.concat(ended, others);
    }

    static StateChange change(SessionKey key, long sequence, String state, Instant at) {
        return new StateChange(
                key,
                sequence,
                null,
                List.of(),
                at,
                at.plusSeconds(1),
                null,
                Map.of(),
                Origin.PUBLISHED,
                SessionSample.of(key)
                        .arn(UsageHistory.arn(key, key.source().equals("eu") ? EU : US))
                        .state(state)
                        .updatedAt(at)
                        .session());
    }

    private static UsageHistory session(String number, String team, Instant at) {
        return new UsageHistory(key(number), US, null, Map.of("team", team), at, after(at, 1));
    }

    private static UsageHistory sessionOfEu(String number, Instant at, int hours) {
        var key = new SessionKey("eu", APPLICATION_OF_EU, "00g92n6fhqd4qb0" + number);
        return new UsageHistory(key, EU, Map.of("cost-center", "42"), Map.of("team", "blue"), at, after(at, hours));
    }

    private static SessionKey key(String number) {
        return new SessionKey(APPLICATION, "00g92n6fhqd4qb0" + number);
    }

    private static Instant after(Instant at, int hours) {
        return at.plusSeconds((long) hours * HOUR);
    }

    private static void writeLines(Path file, Stream<? extends IndexedRecord> records) throws IOException {
        Files.write(file, records.map(record -> AvroJson.of(record).toString()).toList());
    }
}
