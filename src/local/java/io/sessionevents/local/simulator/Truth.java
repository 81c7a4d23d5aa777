package io.sessionevents.local.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What really happened, as the simulated endpoint knows it: the judge of everything the service says.
 *
 * @param sessions every session's true states, oldest first, by session
 * @param clearingIdleSince the sessions of which no answer tells that they were idle before they got busy again
 * @param requests every HTTP request for a session with its time, in order of arrival
 * @param listings every HTTP request for a list likewise
 * @param stalls when the machine let the endpoint's own clock stand still, oldest first
 * @param usage what is told of the usage of a session when it has ended, where there is a script of it
 */
public record Truth(
        Map<SessionKey, List<Phase>> sessions,
        Set<SessionKey> clearingIdleSince,
        List<Request> requests,
        List<Listing> listings,
        List<Stall> stalls,
        Map<SessionKey, UsageScript> usage) {
    /** {@link Request#phase} of an answer that showed no state. */
    public static final int NOTHING = -1;

    /** On a machine that never stood still. */
    public Truth(Map<SessionKey, List<Phase>> sessions, Set<SessionKey> clearingIdleSince, List<Request> requests) {
        this(sessions, clearingIdleSince, requests, List.of(), List.of());
    }

    /** Of sessions whose usage has no script. */
    public Truth(
            Map<SessionKey, List<Phase>> sessions,
            Set<SessionKey> clearingIdleSince,
            List<Request> requests,
            List<Listing> listings,
            List<Stall> stalls) {
        this(sessions, clearingIdleSince, requests, listings, stalls, Map.of());
    }

    /**
     * One request.
     *
     * @param at when it came in
     * @param status of the answer; 0 if there was none
     * @param fault what went wrong with it
     * @param phase of the session's life that the answer showed, true or stale; {@link #NOTHING} if it showed none
     * @param answered when the answer had been sent; null if it was not, or so late that the client may have given it up
     */
    public record Request(
            Instant at,
            SessionKey key,
            int status,
            Fault fault,
            int phase,
            @Nullable Instant answered) {

        /** One whose answer showed no state. */
        public Request(Instant at, SessionKey key, int status, Fault fault) {
            this(at, key, status, fault, NOTHING, null);
        }

        /** Whether the answer told the present truth. */
        public boolean honest() {
            return status == 200 && fault.honest();
        }
    }

    /**
     * One request for a list.
     *
     * @param at when it came in
     * @param applicationId whose sessions were asked for; empty if applications were
     * @param status of the answer; 0 if there was none
     * @param fault what went wrong with it
     * @param lies that the answer told
     * @param items that the answer showed
     */
    public record Listing(
            Instant at, Operation operation, String applicationId, int status, Fault fault, Set<Lie> lies, int items) {
        public Listing {
            lies = Set.copyOf(lies);
        }
    }

    /** A time in which a thread that wanted to run did not: whatever happened meanwhile was noted at its end. */
    public record Stall(Instant from, Instant to) {}

    /**
     * Only what concerns these sessions; of several services at one endpoint, what one of them did. Who asked for a list, nobody can
     * tell.
     */
    public Truth of(Set<SessionKey> keys) {
        Map<SessionKey, List<Phase>> some = new TreeMap<>(sessions);
        some.keySet().retainAll(keys);
        return new Truth(
                some,
                clearingIdleSince,
                requests.stream()
                        .filter(request -> keys.contains(request.key()))
                        .toList(),
                List.of(),
                stalls,
                usage);
    }

    /** A second that ends with a request. */
    public record Second(int requests, Instant end) {}

    /** The largest number of requests for a session in any second, wherever it begins. */
    public int mostRequestsInAnySecond() {
        return mostRequestsInAnySecond(Operation.GET_SESSION);
    }

    /** The same of that operation. */
    public int mostRequestsInAnySecond(Operation operation) {
        return seconds(operation).mapToInt(Second::requests).max().orElse(0);
    }

    /** All seconds that end with a request of that operation. */
    public Stream<Second> seconds(Operation operation) {
        Deque<Instant> second = new ArrayDeque<>();
        return moments(operation).sorted().map(at -> {
            second.addLast(at);
            while (!second.getFirst().isAfter(at.minus(Duration.ofSeconds(1)))) {
                second.removeFirst();
            }
            return new Second(second.size(), at);
        });
    }

    /** When requests of that operation came in. */
    public Stream<Instant> moments(Operation operation) {
        return operation == Operation.GET_SESSION
                ? requests.stream().map(Request::at)
                : listings.stream()
                        .filter(listing -> listing.operation() == operation)
                        .map(Listing::at);
    }

    /** How many answers told that lie. */
    public long told(Lie lie) {
        return listings.stream().filter(listing -> listing.lies().contains(lie)).count();
    }

    /** How long the machine stood still within that time. */
    public Duration stalled(Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        for (Stall stall : stalls) {
            Instant begin = stall.from().isAfter(from) ? stall.from() : from;
            Instant end = stall.to().isBefore(to) ? stall.to() : to;
            sum = begin.isBefore(end) ? sum.plus(Duration.between(begin, end)) : sum;
        }
        return sum;
    }

    /** When that session ends; empty if it does not. */
    public Optional<Instant> end(SessionKey key) {
        List<Phase> life = sessions.getOrDefault(key, List.of());
        return life.isEmpty() || !life.getLast().terminal()
                ? Optional.empty()
                : Optional.of(life.getLast().from());
    }

    /** The sessions that had ended by then. */
    public Set<SessionKey> endedBy(Instant time) {
        return sessions.entrySet().stream()
                .filter(session -> session.getValue().getLast().terminal()
                        && !session.getValue().getLast().from().isAfter(time))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many requests came in within that time; its end does not belong to it. */
    public long count(Instant from, Instant to) {
        return requests.stream()
                .filter(request -> !request.at().isBefore(from) && request.at().isBefore(to))
                .count();
    }

    /** The same, per second. */
    public double rate(Instant from, Instant to) {
        return count(from, to) / (Duration.between(from, to).toMillis() / 1000.0);
    }

    public long throttled() {
        return requests.stream()
                .filter(request ->
                        request.fault() == Fault.THROTTLED || request.fault() == Fault.THROTTLED_WITH_RETRY_AFTER)
                .count();
    }
}
