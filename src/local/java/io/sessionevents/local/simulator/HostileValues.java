package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes one value of a session: to what AWS allows at most, or to what no session can have. */
final class HostileValues {
    private static final List<String> TIMES = List.of("createdAt", "updatedAt", "startedAt", "endedAt", "idleSince");

    /** As they stand in the JSON. */
    private static final List<String> NO_TIMES = List.of(
            "-1",
            "0",
            "1e-300",
            "1e300",
            "-1e300",
            "9223372036854775807",
            "-9223372036854775808",
            "1e18",
            "253402300800",
            "NaN",
            "Infinity",
            "\"NaN\"",
            "\"2026-11-23T09:00:00Z\"",
            "\"\"",
            "true",
            "{}",
            "[]",
            "1700000000000");

    private static final List<String> NO_COUNTS = List.of(
            "-1", "9223372036854775807", "-9223372036854775808", "1e300", "9223372036854775808", "NaN", "\"x\"", "{}");

    private static final List<String> NO_USAGE =
            List.of("-1", "-1e-9", "1e300", "1e10", "NaN", "Infinity", "-Infinity", "\"NaN\"", "\"Infinity\"", "[]");

    /** Escapes, for a lone surrogate cannot be written as it is. */
    private static final String STRANGE_TEXT = "\"\\ud800 \\udc00\\u0000\\u0007\\u001b[31m\\u202e\\ufeff\\uffff\\\"\"";

    /** Stands for a raw number in the tree until the text is made. */
    private static final String RAW = "__raw__";

    private final RandomGenerator random;

    HostileValues(RandomGenerator random) {
        this.random = random;
    }

    /** The answer with one value that no session can have. */
    String impossible(ObjectNode good, Instant now) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> raw(good, any(TIMES), any(NO_TIMES));
            case 2 -> raw(good, any(TIMES), Long.toString(now.getEpochSecond() + 86_400L * (1 + random.nextInt(4000))));
            case 3 -> raw(good, any(List.of("idleTimeoutMinutes", "totalExecutionDurationSeconds")), any(NO_COUNTS));
            case 4 -> usage(good);
            default -> text(good.put("arn", any(arns(good.get("arn").textValue()))));
        };
    }

    private String usage(ObjectNode good) {
        String which = any(List.of("totalResourceUtilization", "billedResourceUtilization"));
        good.putObject(which).put(any(List.of("vCPUHour", "memoryGBHour", "storageGBHour")), RAW);
        return text(good).replace('"' + RAW + '"', any(NO_USAGE));
    }

    private static List<String> arns(String good) {
        return List.of(
                "",
                "arn",
                good + "x",
                good.replace("/sessions/", "/jobruns/"),
                good.replace("emr-serverless", "s3"),
                good.substring(0, good.lastIndexOf('/') + 1) + "00someoneelse");
    }

    private String raw(ObjectNode good, String member, String value) {
        return text(good.put(member, RAW)).replace('"' + RAW + '"', value);
    }

    /** The answer with one thing as large or as strange as AWS allows it, and the state as it is. */
    String extreme(ObjectNode good) {
        return switch (random.nextInt(8)) {
            case 0 -> text(good.put("name", "n".repeat(256)).put("stateDetails", "d".repeat(1024)));
            case 1 -> raw(good, any(List.of("name", "stateDetails")), STRANGE_TEXT);
            case 2 -> text(tags(good));
            case 3 -> text(deep(good, 2 + random.nextInt(60)));
            case 4 -> text(wide(good, 1 + random.nextInt(4000)));
            case 5 -> text(good.put("idleTimeoutMinutes", random.nextBoolean() ? 0 : 525_600));
            case 6 -> text(exact(good));
            default ->
                text(good.put("newMember", "x".repeat(random.nextInt(10_000))).put("another", 1e300));
        };
    }

    private static ObjectNode tags(ObjectNode good) {
        ObjectNode tags = good.putObject("tags");
        for (int i = 0; i < 200; i++) {
            tags.put(String.format("%03d", i) + "k".repeat(125), "\u00e4".repeat(256));
        }
        return good;
    }

    private static ObjectNode deep(ObjectNode good, int levels) {
        ArrayNode list = good.putObject("configurationOverrides").putArray("runtimeConfiguration");
        for (int i = 0; i < levels; i++) {
            ObjectNode node = list.addObject().put("classification", "level-" + i);
            node.putObject("properties").put("spark.secret", "s");
            list = node.putArray("configurations");
        }
        return good;
    }

    private static ObjectNode wide(ObjectNode good, int properties) {
        ObjectNode node = good.putObject("configurationOverrides")
                .putArray("runtimeConfiguration")
                .addObject()
                .put("classification", "spark-defaults");
        ObjectNode all = node.putObject("properties");
        for (int i = 0; i < properties; i++) {
            all.put("spark.property." + i + "." + "p".repeat(40), "v".repeat(40));
        }
        return good;
    }

    /** More digits than a millisecond has, and none of use: large and tiny usage. */
    private static ObjectNode exact(ObjectNode good) {
        good.put(
                "createdAt", new BigDecimal(good.get("createdAt").decimalValue().toPlainString() + "000001"));
        good.putObject("totalResourceUtilization").put("vCPUHour", 1e9).put("memoryGBHour", 1e-300);
        good.putObject("billedResourceUtilization").put("vCPUHour", 0.0).put("storageGBHour", 4.9e-324);
        return good;
    }

    private static String text(ObjectNode session) {
        return SimulatedSession.object().set("session", session).toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
