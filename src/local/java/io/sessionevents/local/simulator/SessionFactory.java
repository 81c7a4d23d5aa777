package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Makes sessions that look and live like real ones; the same seed makes the same sessions. */
public final class SessionFactory {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String[] TEAMS = {"risk", "pricing", "fraud", "growth"};

    private final RandomGenerator random;
    private final double compression;
    private final AwsAccount account;

    /**
     * One of sessions of the default account.
     *
     * @param compression how many times faster than real time sessions live
     */
    public SessionFactory(RandomGenerator random, double compression) {
        this(random, compression, AwsAccount.DEFAULT);
    }

    /** One of sessions of that account: the same seed makes sessions of the same ids in each. */
    public SessionFactory(RandomGenerator random, double compression, AwsAccount account) {
        this.random = random;
        this.compression = compression;
        this.account = account;
    }

    /** A session with its whole life: about a minute to ready, idle and busy in turn, and one of several ends. */
    public SimulatedSession living(Instant from) {
        SimulatedSession session = random.nextInt(4) == 0 ? minimal(key()) : full(key());
        Instant now = from;
        session.then("SUBMITTED", now);
        now = after(now, 3, 8);
        session.then("STARTING", now);
        now = after(now, 40, 80);
        if (random.nextInt(12) == 0) {
            return session.then("FAILED", now);
        }
        session.then(random.nextInt(8) == 0 ? "READY" : "STARTED", now);
        now = work(session, after(now, 5, 40));
        if (random.nextInt(6) == 0) {
            return session.then("FAILED", now);
        }
        session.then("TERMINATING", now);
        return session.then("TERMINATED", after(now, 10, 60));
    }

    /** A session with the ten required members only. */
    public SimulatedSession minimal(SessionKey key) {
        return new SimulatedSession(key, required(key), false, false);
    }

    /** A session with all 21 members, once it has been idle and has ended. */
    public SimulatedSession full(SessionKey key) {
        ObjectNode json = required(key);
        json.put(
                "name",
                "notebook-"
                        + key.sessionId()
                                .substring(0, Math.min(4, key.sessionId().length())));
        json.put("idleTimeoutMinutes", 15);
        json.putObject("tags").put("team", TEAMS[random.nextInt(TEAMS.length)]).put("cost-centre", "42");
        ObjectNode network = json.putObject("networkConfiguration");
        network.putArray("subnetIds").add("subnet-0a1b2c3d").add("subnet-4e5f6a7b");
        network.putArray("securityGroupIds").add("sg-0a1b2c3d");
        ObjectNode outer = json.putObject("configurationOverrides")
                .putArray("runtimeConfiguration")
                .addObject()
                .put("classification", "spark-defaults");
        outer.putObject("properties").put("spark.executor.memory", "8g").put("spark.password", "secret");
        ObjectNode middle = outer.putArray("configurations").addObject().put("classification", "spark-env");
        ObjectNode inner = middle.putArray("configurations").addObject().put("classification", "export");
        inner.putObject("properties").put("JAVA_HOME", "/usr/lib/jvm/java");
        return new SimulatedSession(key, json, true, true);
    }

    /** A session with all members and that name. */
    public SimulatedSession named(SessionKey key, String name) {
        SimulatedSession session = full(key);
        session.rename(name);
        return session;
    }

    /** A session of all members whose usage is told only when it has ended, by that script. */
    public SimulatedSession using(UsageScript script) {
        return full(key()).using(script);
    }

    /** A session of all members whose billed hours {@linkplain BilledHours#wobbling shrink and grow} while it lives. */
    public SimulatedSession wobbling() {
        return full(key()).wobbling();
    }

    /** An identifier as AWS makes them: 16 characters. */
    public SessionKey key() {
        return key("00g92n5o091bas09");
    }

    /** One of a session of that application. */
    public SessionKey key(String applicationId) {
        return account.key(applicationId, identifier());
    }

    /** One of anything. */
    public String identifier() {
        return "00" + text(14);
    }

    private Instant work(SimulatedSession session, Instant from) {
        Instant now = from;
        boolean busy = random.nextBoolean();
        for (int rounds = 1 + random.nextInt(4); rounds > 0; rounds--) {
            session.then(busy ? "BUSY" : "IDLE", now);
            now = after(now, 60, 300);
            busy = !busy;
        }
        return now;
    }

    private Instant after(Instant instant, int leastSeconds, int mostSeconds) {
        double seconds = random.nextDouble(leastSeconds, mostSeconds) / compression;
        return instant.plus(Duration.ofMillis(Math.max(1, (long) (seconds * 1000))));
    }

    private String text(int length) {
        var text = new StringBuilder();
        random.ints(length, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
        return text.toString();
    }

    private ObjectNode required(SessionKey key) {
        return SimulatedSession.object()
                .put("applicationId", key.applicationId())
                .put("sessionId", key.sessionId())
                .put("arn", account.arn(key))
                .put("releaseLabel", "emr-7.13.0")
                .put("executionRoleArn", account.identity("role/spark-connect"))
                .put("createdBy", account.identity("user/analyst"));
    }
}
