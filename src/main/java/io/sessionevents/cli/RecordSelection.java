package io.sessionevents.cli;

import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that choose records: one is taken if it fits every option that is given, of each at least one value. */
final class RecordSelection {
    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only records of this source; may be repeated.",
            converter = SourceConverter.class)
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--session",
            paramLabel = "SESSION",
            description = {"Only records of this session; may be repeated.", SessionArgument.SESSION},
            converter = WantedConverter.class)
    private List<Wanted> sessions = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = {"Only changes to this state; may be repeated.", "${COMPLETION-CANDIDATES}."})
    private List<SessionState> states = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "NAME=TEXT",
            description = "Only records with this label. Repeated: with all of them.")
    private Map<String, String> labels = new LinkedHashMap<>();

    /**
     * A session.
     *
     * @param source null for any: an ARN does not name one
     */
    record Wanted(@Nullable String source, String applicationId, String sessionId) {
        static Wanted parse(String text) {
            if (SessionArn.begins(text)) {
                var arn = SessionArn.parse(text);
                return new Wanted(null, arn.applicationId(), arn.sessionId());
            }
            var key = SessionKey.parse(text.strip());
            return new Wanted(key.source(), key.applicationId(), key.sessionId());
        }

        boolean is(IndexedRecord record) {
            return applicationId.equals(text(record, "applicationId"))
                    && sessionId.equals(text(record, "sessionId"))
                    && (source == null || source.equals(Feed.source(record)));
        }
    }

    /** Whether states are chosen, which usage and alerts have none of. */
    boolean ofStates() {
        return !states.isEmpty();
    }

    boolean takes(IndexedRecord record) {
        return (sources.isEmpty() || sources.contains(Feed.source(record)))
                && (sessions.isEmpty() || sessions.stream().anyMatch(session -> session.is(record)))
                && (states.isEmpty()
                        || states.stream().anyMatch(state -> state.name().equals(text(record, "state"))))
                && labels.entrySet().stream().allMatch(label -> labelled(record, label.getKey(), label.getValue()));
    }

    private static boolean labelled(IndexedRecord record, String name, String wanted) {
        return value(record, "labels") instanceof Map<?, ?> labels
                && labels.entrySet().stream()
                        .anyMatch(label -> String.valueOf(label.getKey()).equals(name)
                                && String.valueOf(label.getValue()).equals(wanted));
    }

    private static String text(IndexedRecord record, String field) {
        return String.valueOf(value(record, field));
    }

    private static @Nullable Object value(IndexedRecord record, String name) {
        Schema.Field field = record.getSchema().getField(name);
        return field == null ? null : record.get(field.pos());
    }

    /** Takes what names a session. */
    static final class WantedConverter implements ITypeConverter<Wanted> {
        @Override
        public Wanted convert(String text) {
            try {
                return Wanted.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
