package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.DeadLetter.Place;
import io.sessionevents.config.Configuration;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.tracking.DeadLetterHeaders;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
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

@Command(
        name = "dlq",
        description = {
            "Lists, shows and replays dead letters.",
            "Without configuration: bootstrap.servers=localhost:9092."
        })
final class DeadLetterCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    DeadLetterCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
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
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                            defaultValue = "table")
                    OutputFormat output) {
        PrintWriter out = out();
        if (output == OutputFormat.table) {
            out.printf("%-12s %-24s %-26s %-35s %s%n", "PLACE", "TIME", "REASON", "KEY", "MESSAGE");
        }
        topic(options)
                .read(
                        letter -> wanted(letter, reasons),
                        letter -> out.println(output == OutputFormat.json ? letter.json() : line(letter)));
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
        List<DeadLetter> found = new ArrayList<>();
        topic(options).read(letter -> letter.place().equals(place), found::add);
        if (found.isEmpty()) {
            throw new CommandFailedException("There is no dead letter at " + place + "; ls names those there are.");
        }
        PrintWriter out = out();
        DeadLetter letter = found.getFirst();
        out.printf("%-32s %s%n%-32s %s%n", "place", letter.place(), "time", letter.time());
        for (Header header : letter.record().headers()) {
            out.printf("%-32s %s%n", "header " + header.key(), DeadLetter.text(header.value()));
        }
        out.printf("%-32s %s%n%-32s %s%n", "key", letter.key(), "value", letter.value());
        out.flush();
        return 0;
    }

    @Command(
            name = "replay",
            description = {
                "Publishes dead letters to the input topic again: original key, value and headers.",
                "Harmless if done twice: an ID that is followed already is looked at once more, one that has ended is ignored."
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
                    List<Place> places)
            throws InterruptedException {
        Configuration effective = options.loaderWithLocalDefaults(surroundings).load();
        var topic = new DeadLetterTopic(effective, surroundings.interrupts());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        PrintWriter out = out();
        topic.read(
                letter -> wanted(letter, reasons)
                        && (places == null || places.isEmpty() || places.contains(letter.place())),
                letter -> {
                    out.println(line(letter));
                    records.add(original(letter, effective.topics().input()));
                });
        if (!dryRun) {
            topic.publish(records);
        }
        out.printf(
                "%s%d dead letter%s to %s%n",
                dryRun ? "Would publish " : "Published ",
                records.size(),
                records.size() == 1 ? "" : "s",
                effective.topics().input());
        out.flush();
        return 0;
    }

    private DeadLetterTopic topic(ConfigurationOptions options) {
        return new DeadLetterTopic(options.loaderWithLocalDefaults(surroundings).load(), surroundings.interrupts());
    }

    private PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }

    private static boolean wanted(DeadLetter letter, @Nullable List<String> reasons) {
        return reasons == null || reasons.isEmpty() || reasons.contains(letter.reason());
    }

    private static ProducerRecord<byte[], byte[]> original(DeadLetter letter, String topic) {
        return new ProducerRecord<>(
                topic,
                null,
                letter.record().key(),
                letter.record().value(),
                DeadLetterHeaders.original(letter.record().headers()));
    }

    private static String line(DeadLetter letter) {
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
