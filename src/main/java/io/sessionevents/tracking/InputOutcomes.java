package io.sessionevents.tracking;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.tracking.TrackingListener.Input;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what an input record was found to ask for: a request to its session, anything else to the dead-letter topic, cut
 * where it does not fit. Owned by the StreamThread.
 *
 * @param deadLetters what the dead-letter topic takes
 * @param lines of the log about dead letters
 */
record InputOutcomes(
        ProcessorContext<byte[], Outgoing> context,
        String inputTopic,
        RecordLimit deadLetters,
        TrackingListener listener,
        FewLines<DeadLetterReason> lines) {
    private static final Logger log = LoggerFactory.getLogger(InputOutcomes.class);

    /** Logs a few dead letters of each reason a minute: a publisher with a wrong serializer sends thousands a second. */
    InputOutcomes(
            ProcessorContext<byte[], Outgoing> context,
            String inputTopic,
            RecordLimit deadLetters,
            TrackingListener listener) {
        this(
                context,
                inputTopic,
                deadLetters,
                listener,
                new FewLines<>(3, Duration.ofMinutes(1), context::currentSystemTimeMs));
    }

    /** @param now milliseconds since the epoch */
    void handOn(InputRecord input, Request request, long now) {
        listener.inputRead(kind(request));
        switch (request) {
            // Without the headers of the input: nobody reads them, and large ones would not fit into the next topic.
            case Request.OfSession session ->
                context.forward(new Record<>(input.key(), new Outgoing.ForSession(session), now));
            case Request.OfApplication application ->
                context.forward(new Record<>(input.key(), new Outgoing.ForApplication(application), now));
            case Request.Nothing(String message) ->
                log.atDebug()
                        .addKeyValue("partition", input.partition())
                        .addKeyValue("offset", input.offset())
                        .log("Input record asks for nothing: {}", message);
            case Request.Unreadable unreadable -> deadLetter(input, unreadable, now);
        }
    }

    private void deadLetter(InputRecord input, Request.Unreadable unreadable, long now) {
        lines.next(unreadable.reason()).ifPresent(leftOut -> log(input, unreadable, leftOut));
        listener.deadLettered(unreadable.reason());
        var letter = FittingLetter.of(
                input.key(),
                input.value(),
                headers(input),
                DeadLetterHeaders.ofInput(inputTopic, input, unreadable),
                deadLetters);
        context.forward(new Record<>(
                letter.key(), new Outgoing.DeadLetter(letter.key(), letter.value()), now, letter.headers()));
    }

    private static void log(InputRecord input, Request.Unreadable unreadable, long leftOut) {
        log.atWarn()
                .addKeyValue("reason", unreadable.reason().code())
                .addKeyValue("partition", input.partition())
                .addKeyValue("offset", input.offset())
                .log(
                        "Input record goes to the dead-letter topic: {}{}",
                        unreadable.message(),
                        leftOut == 0 ? "" : "; and " + leftOut + " more since the last such line");
    }

    private static Input kind(Request request) {
        return switch (request) {
            case Request.Track _, Request.Discover _, Request.Wake _ -> Input.TRACK;
            case Request.Stop _ -> Input.STOP;
            case Request.TrackApplication _, Request.SweepApplication _ -> Input.TRACK_APPLICATION;
            case Request.StopApplication _ -> Input.STOP_APPLICATION;
            case Request.Nothing _ -> Input.IGNORED;
            case Request.Unreadable _ -> Input.UNREADABLE;
        };
    }

    /** The headers of the record as it came. */
    static Headers headers(InputRecord input) {
        Headers headers = new RecordHeaders();
        input.headers().forEach(header -> headers.add(header.name(), header.value()));
        return headers;
    }
}
