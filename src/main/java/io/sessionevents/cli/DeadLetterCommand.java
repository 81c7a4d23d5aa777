package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.ReadDeadLetter.Place;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(name = "dlq", description = "Lists, shows and replays dead letters.")
final class DeadLetterCommand implements Runnable {
    private static final String GONE = " (cut, and the original is gone)";

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    DeadLetterCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        throw new ParameterException(requireNonNull(spec).commandLine(), "Missing command: ls, show or replay");
    }

    @Command(name = "ls", description = "Lists the dead letters, the oldest of each partition first.")
    int ls(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--reason",
                            paramLabel = "REASON",
                            description = "Only these; may be repeated. See docs/dead-letters.md.",
                            converter = ReasonConverter.class)
                    List<String> reasons,
            @Option(
                            names = "--output",
                            paramLabel = "FORMAT",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                            defaultValue = "table")
                    OutputFormat output) {
        PrintWriter out = out();
        if (output == OutputFormat.table) {
            out.printf("%-12s %-24s %-26s %-35s %s%n", "PLACE", "TIME", "REASON", "KEY", "MESSAGE");
        }
        topic(options).read(letter -> {
            if (wanted(letter, reasons)) {
                out.println(output == OutputFormat.json ? letter.json() : line(letter));
            }
            return !out.checkError();
        });
        out.flush();
        return 0;
    }

    @Command(name = "show", description = "Shows one dead letter: its headers and its original bytes.")
    int show(
            @Mixin ConfigurationOptions options,
            @Parameters(
                            paramLabel = "PARTITION:OFFSET",
                            description = "As ls names it.",
                            converter = PlaceConverter.class)
                    Place place) {
        List<ReadDeadLetter> found = new ArrayList<>();
        topic(options).read(letter -> {
            if (letter.place().equals(place)) {
                found.add(letter);
            }
            return found.isEmpty();
        });
        if (found.isEmpty()) {
            throw new CommandFailedException("There is no dead letter at " + place + "; ls names those there are.");
        }
        PrintWriter out = out();
        ReadDeadLetter letter = found.getFirst();
        out.printf("%-32s %s%n%-32s %s%n", "place", letter.place(), "time", letter.time());
        for (Header header : letter.record().headers()) {
            out.println(ReadDeadLetter.row(header));
        }
        out.printf("%-32s %s%n%-32s %s%n", "key", letter.key(), "value", letter.value());
        if (letter.cut()) {
            out.println(letter.cutOff());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "replay",
            description = {
                "Publishes dead letters to the input topic again: original key, value and headers.",
                "Each is published once: those that were replayed before are passed over."
            })
    int replay(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--reason",
                            paramLabel = "REASON",
                            description = "Only these; may be repeated.",
                            converter = ReasonConverter.class)
                    List<String> reasons,
            @Option(names = "--dry-run", description = "Only lists what would be published.") boolean dryRun,
            @Parameters(
                            paramLabel = "PARTITION:OFFSET",
                            arity = "0..*",
                            description = "Only these; default all.",
                            converter = PlaceConverter.class)
                    List<Place> places) {
        Configuration effective = options.loader(context).load();
        var topic = topic(effective);
        Predicate<ReadDeadLetter> chosen = letter ->
                wanted(letter, reasons) && (places == null || places.isEmpty() || places.contains(letter.place()));
        int done = 0;
        int gone = 0;
        try (var originals = new OriginalRecords(effective);
                var replay = dryRun ? null : new DeadLetterReplay(effective)) {
            List<ReadDeadLetter> letters =
                    topic.unreplayed().stream().filter(chosen).toList();
            var progress = new Progress(
                    context,
                    requireNonNull(spec).commandLine().getErr(),
                    (dryRun ? "Reading originals of " : "Publishing to ")
                            + effective.topics().input());
            for (ReadDeadLetter letter : letters) {
                progress.at(done + gone, letters.size());
                var original = originals.of(letter);
                progress.clear();
                out().println(line(letter) + (original.isPresent() ? "" : GONE));
                if (original.isPresent() && replay != null) {
                    replay.publish(letter, original.get());
                }
                done += original.isPresent() ? 1 : 0;
                gone += original.isPresent() ? 0 : 1;
            }
            if (replay != null) {
                replay.finish();
            }
        }
        summarize(dryRun, done, gone, effective.topics().input());
        return gone == 0 ? 0 : 1;
    }

    private void summarize(boolean dryRun, int done, int gone, String inputTopic) {
        out().printf("%s%s to %s%n", dryRun ? "Would publish " : "Published ", letters(done), inputTopic);
        if (gone > 0) {
            out().printf("%s cannot be replayed: the original is gone%n", letters(gone));
        }
        out().flush();
    }

    private static String letters(int number) {
        return number + (number == 1 ? " dead letter" : " dead letters");
    }

    private DeadLetterTopic topic(ConfigurationOptions options) {
        return topic(options.loader(context).load());
    }

    private DeadLetterTopic topic(Configuration effective) {
        return new DeadLetterTopic(
                effective, context, requireNonNull(spec).commandLine().getErr());
    }

    private PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }

    private static boolean wanted(ReadDeadLetter letter, @Nullable List<String> reasons) {
        return reasons == null || reasons.isEmpty() || reasons.contains(letter.reason());
    }

    private static String line(ReadDeadLetter letter) {
        return "%-12s %-24s %-26s %-35s %s"
                .formatted(letter.place(), letter.time(), letter.reason(), letter.brief(), letter.message())
                .stripTrailing();
    }

    /** Takes the codes of {@link DeadLetterReason}. */
    static final class ReasonConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            List<String> codes = Arrays.stream(DeadLetterReason.values())
                    .map(DeadLetterReason::code)
                    .toList();
            if (!codes.contains(text)) {
                throw new TypeConversionException(
                        "'" + text + "', expected one of " + codes.stream().collect(Collectors.joining(", ")));
            }
            return text;
        }
    }

    /** Takes PARTITION:OFFSET. */
    static final class PlaceConverter implements ITypeConverter<Place> {
        private static final Pattern PATTERN = Pattern.compile("(\\d{1,6}):(\\d{1,18})");

        @Override
        public Place convert(String text) {
            Matcher matcher = PATTERN.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "', expected PARTITION:OFFSET such as 0:17");
            }
            return new Place(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }
}
