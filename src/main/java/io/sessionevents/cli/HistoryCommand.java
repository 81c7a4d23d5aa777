package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.HistoryEntries;
import io.sessionevents.config.Parsers;
import io.sessionevents.history.Bounds;
import io.sessionevents.history.HistoryReader;
import io.sessionevents.history.HistoryReader.Decoder;
import io.sessionevents.history.HistoryReader.Found;
import io.sessionevents.history.HistoryTopics;
import io.sessionevents.history.MissingTopicException;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "history",
        description = {
            "Prints all changes, usage revisions and alerts of one session, read from the topics.",
            "Exit code 1 if there are none, or if not all could be shown."
        })
final class HistoryCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CommandContext context;
    private final Inspection inspection;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final SessionArgument session = new SessionArgument();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Leaves out what was written before: 2h ago, 7d ago, or before 2026-11-27T09:00:00Z.",
            converter = RecordRange.SinceConverter.class)
    private RecordRange.@Nullable Since since;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "Prints the youngest N entries; default ${DEFAULT-VALUE}.",
            defaultValue = "10000")
    private long max;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Stops reading after that time; default ${DEFAULT-VALUE}.",
            defaultValue = "60s",
            converter = DurationConverter.class)
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    HistoryCommand(CommandContext context, Inspection inspection) {
        this.context = context;
        this.inspection = inspection;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = requireNonNull(spec).commandLine();
        SessionName name = session.name(command);
        if (max < 1) {
            throw new ParameterException(command, "--max " + max + ", expected 1 or more");
        }
        Configuration effective = configuration.loader(context).load();
        SessionKey key = key(effective, name);
        var topics = HistoryTopics.of(effective.topics());
        try (var registry = new ConfluentSchemaRegistry(effective.registry());
                var reader =
                        HistoryReader.open(effective.kafka().client("consumer."), PATIENCE, topics, System::nanoTime)) {
            context.interrupts().onInterrupt(reader::interrupt);
            return switch (output) {
                case json -> printJson(key, topics, read(reader, key, topics, new HistoryRecordJson(key, registry)));
                case table -> {
                    var entries = new HistoryEntries(registry);
                    Found<HistoryEntry> found =
                            read(reader, key, topics, (position, value) -> entries.read(key, position, value));
                    yield printTable(key, topics, found);
                }
            };
        } catch (WakeupException e) {
            throw new CommandFailedException("Interrupted before the end of " + topics, e);
        } catch (MissingTopicException e) {
            throw KafkaFailure.noTopic(effective, e.topic());
        } catch (KafkaException e) {
            throw KafkaFailure.of(effective, "Reading " + topics, e);
        }
    }

    private <E> Found<E> read(HistoryReader reader, SessionKey key, HistoryTopics topics, Decoder<E> decoder) {
        var progress = new Progress(context, requireNonNull(spec).commandLine().getErr(), "Reading " + topics);
        Instant from = since == null ? null : since.at(context.clock().instant());
        Found<E> found;
        try {
            found = reader.read(key, from, new Bounds(timeout, max, MOST_BYTES), progress::at, decoder);
        } finally {
            progress.clear();
        }
        if (found.records().isEmpty() && found.older() == 0 && found.unread() == 0) {
            throw new CommandFailedException("Nothing of session " + key + " is in " + topics
                    + (from == null
                            ? ": it was never published, or its events are deleted by now."
                            : " since " + from + ": begin earlier."));
        }
        return found;
    }

    private int printJson(SessionKey key, HistoryTopics topics, Found<HistoryRecordJson.Line> found) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        found.records().forEach(line -> out.println(line.json()));
        out.flush();
        return tellWhatIsMissing(
                key,
                topics,
                found,
                found.records().stream().map(HistoryRecordJson.Line::entry).toList());
    }

    private int printTable(SessionKey key, HistoryTopics topics, Found<HistoryEntry> found) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        new HistoryPrinter(out, context.style(OutputFormat.table)).print(found.records());
        return tellWhatIsMissing(key, topics, found, found.records());
    }

    private int tellWhatIsMissing(SessionKey key, HistoryTopics topics, Found<?> found, List<HistoryEntry> entries) {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        long missing = new SessionHistory(key, entries, found.older(), found.unread(), found.read()).missingChanges();
        if (missing > 0 && since == null) {
            err.println("session-events: " + missing + " of its changes are not in "
                    + topics.required().getFirst() + " any more, or cannot be read.");
        }
        if (found.older() > 0) {
            err.println("session-events: " + found.older() + " older entries are left out: there are more than --max "
                    + max + ", or more than " + (MOST_BYTES >> 20) + " MiB.");
        }
        if (found.unread() > 0) {
            err.println("session-events: The youngest " + found.unread() + " records beside it were not read within "
                    + timeout.toMillis() / 1000.0 + " s: set --timeout, or begin later with --since.");
        }
        err.flush();
        return found.older() == 0 && found.unread() == 0 ? 0 : 1;
    }

    /** A source that is not configured any more has left its histories behind; that of an ARN must be. */
    private SessionKey key(Configuration effective, SessionName name) throws InterruptedException {
        return SessionArn.begins(name.text())
                ? name.in(inspection.sources(effective, false))
                : SessionKey.parse(name.text());
    }

    private static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Parsers.positiveDuration(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "', expected a duration such as 60s or 5m");
            }
        }
    }
}
