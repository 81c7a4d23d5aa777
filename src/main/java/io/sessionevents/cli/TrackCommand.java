package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TrackedKey;
import io.sessionevents.settings.Configuration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "track",
        description = {
            "Publishes sessions, so that they are tracked, and applications, so that all their sessions are.",
            "Reads them from standard input, one per line, when none is given.",
            "Reads it to its end first, because nothing is published if a line is wrong."
        })
final class TrackCommand implements Callable<Integer> {
    private static final String TIMEOUT_MILLIS = "10000";

    private final CommandContext context;
    private final Inspection inspection;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Parameters(
            paramLabel = "SESSION",
            description = {SessionArgument.SESSION, "Or an application: its ARN, applicationId or SOURCE:applicationId."
            })
    private List<String> sessions = new ArrayList<>();

    @Option(names = "--application-id", paramLabel = "A", description = "Application id, with --session-id.")
    private @Nullable String applicationId;

    @Option(names = "--session-id", paramLabel = "S", description = "Session id, with --application-id.")
    private @Nullable String sessionId;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = SessionArgument.SOURCE,
            converter = SourceConverter.class)
    private @Nullable String source;

    @Option(
            names = "--label",
            paramLabel = "NAME=TEXT",
            description = "Label that every event of the sessions carries from then on. May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--stop",
            description = {
                "Stops tracking the sessions instead.",
                "Of an application no more sessions are tracked; those that are go on."
            })
    private boolean stop;

    TrackCommand(CommandContext context, Inspection inspection) {
        this.context = context;
        this.inspection = inspection;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        List<TrackedName> names = names(problems);
        if (!problems.isEmpty()) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), String.join(System.lineSeparator(), problems));
        }
        Configuration effective = configuration.loader(context).load();
        List<TrackedKey> keys = keys(effective, names);
        publish(effective, keys);
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        err.println((stop ? "Stopped tracking " : "Published ")
                + counted(keys)
                + (stop ? "" : " to " + effective.topics().input()));
        return 0;
    }

    private static String counted(List<TrackedKey> keys) {
        long sessions = keys.stream().filter(SessionKey.class::isInstance).count();
        long applications = keys.size() - sessions;
        return Stream.of(counted(sessions, "session"), counted(applications, "application"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String counted(long number, String what) {
        return number == 0 ? "" : number + " " + what + (number == 1 ? "" : "s");
    }

    /** One of an unknown source would become a dead letter; a tombstone may go to a source that is not configured any more. */
    private List<TrackedKey> keys(Configuration effective, List<TrackedName> names) throws InterruptedException {
        Sources sources = inspection.sources(effective, false);
        List<String> objections = new ArrayList<>();
        List<TrackedKey> keys = new ArrayList<>();
        for (TrackedName name : names) {
            try {
                keys.add(stop ? name.stoppedIn(sources) : name.in(sources));
            } catch (CommandFailedException e) {
                objections.add(e.getMessage());
            }
        }
        if (!objections.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), objections));
        }
        return keys;
    }

    private List<TrackedName> names(List<String> problems) throws IOException {
        List<String> texts = new ArrayList<>(sessions);
        if (applicationId != null || sessionId != null) {
            if (applicationId == null || sessionId == null) {
                problems.add("--application-id and --session-id go together");
                return List.of();
            }
            texts.add(applicationId + "/" + sessionId);
        }
        String place = "argument ";
        if (texts.isEmpty()) {
            place = "line ";
            var reader = new BufferedReader(new InputStreamReader(context.input(), UTF_8));
            reader.lines().forEach(texts::add);
        }
        List<TrackedName> names = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                try {
                    names.add(TrackedName.parse(texts.get(i), source));
                } catch (IllegalArgumentException e) {
                    problems.add(place + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        if (names.isEmpty() && problems.isEmpty()) {
            problems.add(
                    "no session given, expected SESSION arguments, or a session or application per line on standard input");
        }
        return names;
    }

    private void publish(Configuration effective, List<TrackedKey> keys) throws InterruptedException {
        requireTopic(effective);
        Map<String, Object> settings = effective.kafka().client("producer.");
        settings.put("acks", "all");
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("delivery.timeout.ms", TIMEOUT_MILLIS);
        settings.put("request.timeout.ms", "5000");
        settings.put("linger.ms", "5");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (TrackedKey key : keys) {
                String value = stop ? null : json(key, labels, context.clock().instant());
                sent.add(producer.send(new ProducerRecord<>(effective.topics().input(), key.toString(), value)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw KafkaFailure.of(
                    effective, "Publishing to " + effective.topics().input(), e);
        }
    }

    /** A producer says the same of a topic that is missing and of brokers that do not answer. */
    private static void requireTopic(Configuration effective) throws InterruptedException {
        String topic = effective.topics().input();
        try (var admin = new TopicAdmin(effective)) {
            if (!admin.existing(List.of(topic)).containsKey(topic)) {
                throw KafkaFailure.noTopic(effective, topic);
            }
        }
    }

    /** What the input topic holds for that key. */
    static String json(TrackedKey key, Map<String, String> labels, Instant requestedAt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!key.source().equals(Source.DEFAULT)) {
            json.put("source", key.source());
        }
        json.put("applicationId", key.applicationId());
        switch (key) {
            case SessionKey session -> json.put("sessionId", session.sessionId());
            case ApplicationKey _ -> json.putNull("sessionId");
        }
        ObjectNode texts = json.putObject("labels");
        labels.forEach(texts::put);
        json.put("requestedAt", requestedAt.toString());
        return json.toString();
    }
}
