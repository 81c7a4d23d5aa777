package io.sessionevents.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is answered to a lookup, for each fault. Safe for use by many threads. */
final class FaultyAnswers {
    private final Map<SessionKey, SimulatedSession> sessions;
    private final MalformedBodies malformed;
    private final HostileAnswers hostile;

    FaultyAnswers(Map<SessionKey, SimulatedSession> sessions, long seed) {
        this.sessions = sessions;
        this.malformed = new MalformedBodies(new Random(seed));
        this.hostile = new HostileAnswers(new Random(seed));
    }

    /** The answer; null if there is none. */
    @Nullable
    Answer to(SessionKey key, Fault fault, Instant now) {
        return switch (fault) {
            case NONE, FIVE_SECONDS_LATE, TWELVE_SECONDS_LATE, A_MINUTE_LATE, SLOW_DRIP, TRUNCATED, STRANGE_USAGE ->
                fault.spoil(found(key, now));
            case STALE -> stale(key, now);
            case MALFORMED, WRONG_SESSION, EXTREME, IMPOSSIBLE, HOSTILE ->
                sessionAt(key, now).map(good -> distorted(good, fault, now)).orElse(missing(key));
            case VANISHED -> missing(key);
            default -> instead(fault, now);
        };
    }

    /** The answer where what was asked for does not matter; null if there is none. */
    @Nullable
    static Answer instead(Fault fault, Instant now) {
        return switch (fault) {
            case RESET, SILENCE -> null;
            case PROXY_NOT_FOUND,
                    PROXY_FORBIDDEN,
                    PROXY_SIGN_IN,
                    PROXY_BAD_GATEWAY,
                    HTML_UNAVAILABLE,
                    NO_ROUTE,
                    EMPTY_NOT_FOUND,
                    CAPTIVE_PORTAL,
                    REDIRECT -> foreign(fault);
            default -> error(fault, now);
        };
    }

    /** Index of the state that the answer shows; {@link Truth#NOTHING} if it shows none. */
    int shown(SessionKey key, Fault fault, Instant now) {
        SimulatedSession session = sessions.get(key);
        if (session == null) {
            return Truth.NOTHING;
        }
        int present = session.phaseAt(now);
        int shown = switch (fault) {
            case NONE, EXTREME, FIVE_SECONDS_LATE, TWELVE_SECONDS_LATE, A_MINUTE_LATE, SLOW_DRIP -> present;
            case STALE -> staleOf(session, present, now);
            default -> Truth.NOTHING;
        };
        session.looked(shown);
        return shown;
    }

    private Answer distorted(ObjectNode good, Fault fault, Instant now) {
        return switch (fault) {
            case MALFORMED -> Answer.text(malformed.next(good));
            case EXTREME -> Answer.of(hostile.honest(good, now));
            case IMPOSSIBLE -> Answer.of(hostile.outOfBounds(good, now));
            case HOSTILE -> Answer.of(hostile.dishonest(good, now));
            default -> answer(good.put("sessionId", "00someoneelse"));
        };
    }

    private static Answer foreign(Fault fault) {
        return switch (fault) {
            case PROXY_FORBIDDEN -> Answer.html(403);
            case PROXY_SIGN_IN -> Answer.html(407).with("Proxy-Authenticate", "Basic realm=\"corp\"");
            case PROXY_BAD_GATEWAY -> Answer.html(502);
            case HTML_UNAVAILABLE -> Answer.html(503);
            case NO_ROUTE -> Answer.gateway(404, "no Route matched with those values");
            case EMPTY_NOT_FOUND -> Answer.empty(404);
            case CAPTIVE_PORTAL -> Answer.html(200);
            case REDIRECT -> Answer.html(302).with("Location", "https://sign-in.example/");
            default -> Answer.html(404);
        };
    }

    private static Answer error(Fault fault, Instant now) {
        return switch (fault) {
            case THROTTLED -> Answer.throttled(now);
            case THROTTLED_WITH_RETRY_AFTER -> Answer.throttled(now).with("Retry-After", "2");
            case EXPIRED_CREDENTIALS, OUTLIVED_CREDENTIALS ->
                Answer.error(403, "ExpiredTokenException", "The security token included in the request is expired");
            case UNKNOWN_CREDENTIALS ->
                Answer.error(
                        403, "UnrecognizedClientException", "The security token included in the request is invalid.");
            case WRONG_SIGNATURE ->
                Answer.error(
                        403,
                        "InvalidSignatureException",
                        "The request signature we calculated does not match the signature you provided.");
            case SKEWED_CLOCK ->
                Answer.error(403, "RequestTimeTooSkewed", "The difference between the clocks is too large");
            case ACCESS_DENIED ->
                Answer.error(403, "AccessDeniedException", "not authorized to perform emr-serverless:GetSession");
            case REJECTED -> Answer.error(400, "ValidationException", "Invalid session id");
            default -> Answer.error(500, "InternalServerException", "Internal server error");
        };
    }

    private Answer found(SessionKey key, Instant now) {
        return sessionAt(key, now).map(FaultyAnswers::answer).orElse(missing(key));
    }

    private static int staleOf(SimulatedSession session, int present, Instant now) {
        Instant before = session.beforeLastChange(now);
        return before == null ? present : session.phaseAt(before);
    }

    /** As it was right before its last change. */
    private Answer stale(SessionKey key, Instant now) {
        SimulatedSession session = sessions.get(key);
        Instant before = session == null ? null : session.beforeLastChange(now);
        return found(key, before == null ? now : before);
    }

    private Optional<ObjectNode> sessionAt(SessionKey key, Instant now) {
        return Optional.ofNullable(sessions.get(key)).flatMap(session -> Optional.ofNullable(session.at(now)));
    }

    private static Answer answer(ObjectNode session) {
        return Answer.json(SimulatedSession.object().set("session", session));
    }

    private static Answer missing(SessionKey key) {
        return Answer.error(404, "ResourceNotFoundException", "Session " + key.sessionId() + " does not exist");
    }
}
