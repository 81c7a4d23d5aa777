package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Answers of every magnitude and manner, each of which knows whether it is honest; the same seed makes the same answers.
 * None of them is AWS's own word that a session is not there: those are faults of their own.
 */
public final class HostileAnswers {
    private static final String JSON = "application/x-amz-json-1.1";

    private static final List<Integer> STATUSES = List.of(
            200, 204, 301, 302, 307, 400, 401, 403, 404, 405, 407, 408, 410, 413, 418, 429, 431, 451, 500, 502, 503,
            504);

    /** By status; without one of these codes they say nothing about a session either. */
    private static final List<Map.Entry<Integer, String>> ERRORS = List.of(
            Map.entry(500, "InternalServerException"),
            Map.entry(500, "InternalFailure"),
            Map.entry(503, "ServiceUnavailable"),
            Map.entry(402, "ServiceQuotaExceededException"),
            Map.entry(409, "ConflictException"),
            Map.entry(400, "ThrottlingException"),
            Map.entry(429, "TooManyRequestsException"),
            Map.entry(403, "ExpiredTokenException"),
            Map.entry(403, "UnrecognizedClientException"),
            Map.entry(400, "InvalidSignatureException"),
            Map.entry(403, "RequestTimeTooSkewed"),
            Map.entry(403, "MissingAuthenticationTokenException"),
            Map.entry(403, "ForbiddenException"),
            Map.entry(404, "NotFoundException"),
            Map.entry(404, "UnknownOperationException"));

    private static final List<String> BODIES = List.of(
            "",
            "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>",
            "<!DOCTYPE html><script>location='https://sign-in.example/'</script>",
            "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
            "{\"message\":\"no Route matched with those values\"}",
            "{\"message\":\"Not Found\"}",
            "{\"code\":404,\"message\":\"Not Found\"}",
            "{\"code\":{\"a\":[]},\"__type\":7}",
            "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"no such thing\"}}",
            "{\"code\":\"ResourceNotFound\"}",
            "{}",
            "[]",
            "null",
            "Not Found",
            "\u0000\ufffe");

    private final RandomGenerator random;
    private final HostileValues values;
    private final MalformedBodies malformed;

    public HostileAnswers(RandomGenerator random) {
        this.random = random;
        this.values = new HostileValues(random);
        this.malformed = new MalformedBodies(random);
    }

    /**
     * The next answer, one in four of them honest.
     *
     * @param good the session as it should be answered; not changed
     */
    public synchronized HostileAnswer next(ObjectNode good, Instant now) {
        return random.nextInt(4) == 0 ? honest(good, now) : dishonest(good, now);
    }

    /** One that tells the state of the session among the largest and strangest values that AWS allows. */
    public synchronized HostileAnswer honest(ObjectNode good, Instant now) {
        return aws("at the bounds", true, 200, "", values.extreme(good.deepCopy()));
    }

    /** One with a value that no session can have. */
    public synchronized HostileAnswer outOfBounds(ObjectNode good, Instant now) {
        return aws("out of bounds", false, 200, "", values.impossible(good.deepCopy(), now));
    }

    /** One that must say nothing about the session. */
    public synchronized HostileAnswer dishonest(ObjectNode good, Instant now) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> outOfBounds(good, now);
            case 3 -> aws("malformed", false, 200, "", malformed.next(good.deepCopy()));
            case 4 ->
                aws("without a code", false, random.nextBoolean() ? 404 : 403, "", "{\"message\":\"no such session\"}");
            case 5 -> error();
            default -> page();
        };
    }

    /** The code in one of the places where AWS puts it, in one of its spellings. */
    private HostileAnswer error() {
        Map.Entry<Integer, String> error = any(ERRORS);
        String code = any(List.of("", "com.amazonaws.emrserverless#"))
                + error.getValue()
                + any(List.of("", ":http://internal.amazon.com/coral/com.amazon.coral.service/"));
        String kind = "error " + code;
        return switch (random.nextInt(3)) {
            case 0 -> aws(kind, false, error.getKey(), code, any(BODIES));
            case 1 -> aws(kind, false, error.getKey(), "", "{\"code\":\"" + code + "\",\"message\":\"m\"}");
            default -> aws(kind, false, error.getKey(), "", "{\"__type\":\"" + code + "\",\"Message\":\"m\"}");
        };
    }

    private HostileAnswer page() {
        int status = any(STATUSES);
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", any(List.of("text/html", "application/json", "text/plain; charset=latin1")));
        headers.put("Server", any(List.of("nginx", "squid/5.7", "awselb/2.0", "Varnish")));
        if (status / 100 == 3) {
            headers.put("Location", "https://sign-in.example/");
        }
        return new HostileAnswer("page " + status, false, status, headers, status == 204 ? "" : any(BODIES));
    }

    /** @param code for the header; empty for none */
    private static HostileAnswer aws(String kind, boolean honest, int status, String code, String body) {
        Map<String, String> headers = new HashMap<>(Answer.MARK);
        headers.put("Content-Type", JSON);
        if (!code.isEmpty()) {
            headers.put("x-amzn-ErrorType", code);
        }
        return new HostileAnswer(kind, honest, status, headers, body);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
