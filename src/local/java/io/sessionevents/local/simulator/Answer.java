package io.sessionevents.local.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An answer as AWS gives it, or as somebody else gives it in its place.
 *
 * @param announcedBytes length told to the client; more than the body has if the connection breaks on the way
 * @param pause before every byte
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
record Answer(int status, Map<String, String> headers, byte[] body, int announcedBytes, Duration pause) {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String REQUEST_ID = "x-amzn-RequestId";

    /** What marks every answer of AWS's, and none of a proxy's. */
    static final Map<String, String> MARK = Map.of(REQUEST_ID, "00000000-0000-0000-0000-000000000000");

    private static Answer of(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new Answer(status, headers, bytes, bytes.length, Duration.ZERO);
    }

    static Answer json(JsonNode body) {
        return text(body.toString());
    }

    /** 200, whatever the text is. */
    static Answer text(String body) {
        return of(200, Map.of("Content-Type", JSON), body).with(MARK);
    }

    static Answer error(int status, String code, String message) {
        return of(
                        status,
                        Map.of("Content-Type", JSON, "x-amzn-ErrorType", code + ":http://internal.amazon.com/coral/"),
                        SimulatedSession.object().put("message", message).toString())
                .with(MARK);
    }

    /** As the Query protocol has it. */
    static Answer xml(int status, String body) {
        return of(status, Map.of("Content-Type", "text/xml"), body).with(MARK);
    }

    /** A page of a proxy. */
    static Answer html(int status) {
        return of(
                status,
                Map.of("Content-Type", "text/html", "Server", "nginx"),
                "<html><body><h1>" + status + "</h1><hr>nginx</body></html>");
    }

    /** What a gateway says in JSON of its own. */
    static Answer gateway(int status, String message) {
        return of(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                SimulatedSession.object().put("message", message).toString());
    }

    static Answer empty(int status) {
        return of(status, Map.of(), "");
    }

    /** As it stands, whoever gives it. */
    static Answer of(HostileAnswer hostile) {
        return of(hostile.status(), hostile.headers(), hostile.body());
    }

    /** AWS throttles with 400 as well as with 429. */
    static Answer throttled(Instant now) {
        return now.toEpochMilli() % 2 == 0
                ? error(400, "ThrottlingException", "Rate exceeded")
                : error(429, "TooManyRequestsException", "Rate exceeded");
    }

    Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    private Answer with(Map<String, String> added) {
        Map<String, String> more = new HashMap<>(headers);
        more.putAll(added);
        return new Answer(status, more, body, announcedBytes, pause);
    }

    /** The same, broken off in the middle. */
    Answer truncated() {
        return new Answer(status, headers, java.util.Arrays.copyOf(body, body.length / 2), body.length, pause);
    }

    Answer dripping(Duration pauseBeforeEveryByte) {
        return new Answer(status, headers, body, announcedBytes, pauseBeforeEveryByte);
    }

    /** @param stopped ends the dripping */
    void send(HttpExchange exchange, CountDownLatch stopped) throws IOException, InterruptedException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, announcedBytes == 0 ? -1 : announcedBytes);
        if (announcedBytes > 0) {
            write(exchange.getResponseBody(), stopped);
        }
        exchange.close();
    }

    private void write(OutputStream out, CountDownLatch stopped) throws IOException, InterruptedException {
        if (pause.isZero()) {
            out.write(body);
            out.flush();
            return;
        }
        for (byte b : body) {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            out.write(b);
            out.flush();
        }
    }
}
