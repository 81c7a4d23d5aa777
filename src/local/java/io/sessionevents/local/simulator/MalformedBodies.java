package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** Bodies that are no session, each wrong in one of many ways; the same seed makes the same bodies. */
public final class MalformedBodies {
    private static final List<String> REQUIRED = List.of(
            "applicationId",
            "sessionId",
            "arn",
            "state",
            "stateDetails",
            "releaseLabel",
            "executionRoleArn",
            "createdBy",
            "createdAt",
            "updatedAt");
    private static final List<BiFunction<ObjectNode, RandomGenerator, String>> WAYS = List.of(
            (good, random) -> cut(answer(good), random),
            (good, random) -> answer(good.without(any(REQUIRED, random))),
            (good, random) -> answer(good.putNull(any(REQUIRED, random))),
            (good, random) -> answer(good.put(any(List.of("createdAt", "updatedAt"), random), "yesterday")),
            (good, random) -> answer(good).replaceFirst(":", " "),
            (good, random) -> answer(good).replaceFirst("\"session\"", "\"sessions\""),
            (good, random) -> any(List.of("", "{}", "[]", "null", "42", "\"session\"", "{\"session\": null}"), random),
            (good, random) -> "<html><body>It works!</body></html>",
            (good, random) -> "[".repeat(20_000 + random.nextInt(1000)),
            (good, random) -> noise(random));

    private final RandomGenerator random;

    public MalformedBodies(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next body.
     *
     * @param good the session as it should be answered
     */
    synchronized String next(ObjectNode good) {
        return any(WAYS, random).apply(good, random);
    }

    private static String answer(ObjectNode session) {
        return SimulatedSession.object().set("session", session).toString();
    }

    /** Anywhere but behind the last brace, where nothing would be missing. */
    private static String cut(String text, RandomGenerator random) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private static String noise(RandomGenerator random) {
        var text = new StringBuilder("~");
        random.ints(1 + random.nextInt(2000), 0, 0x2000).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
