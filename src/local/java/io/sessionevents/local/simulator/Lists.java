package io.sessionevents.local.simulator;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is answered to ListSessions and ListApplications, true or not, and what was asked. Safe for use by many threads. */
public final class Lists {
    private static final List<String> APPLICATION_STATES =
            List.of("CREATING", "CREATED", "STARTING", "STARTED", "STOPPING", "STOPPED", "TERMINATED");

    private final InstantSource clock;
    private final AwsAccount account;
    private final Map<Operation, TokenBucket> quotas = new ConcurrentHashMap<>();
    private final SessionLists sessions;
    private final Map<String, SimulatedApplication> applications = new ConcurrentHashMap<>();
    private final Set<Operation> denied = Collections.synchronizedSet(EnumSet.noneOf(Operation.class));
    private final LyingPages lying;
    private final List<Truth.Listing> log = new ArrayList<>();
    private volatile Lies lies = Lies.NONE;

    Lists(InstantSource clock, AwsAccount account, Map<SessionKey, SimulatedSession> sessions, long seed) {
        this.clock = clock;
        this.account = account;
        this.sessions = new SessionLists(sessions);
        this.lying = new LyingPages(seed);
    }

    /** One that came in. */
    record Request(
            Operation operation,
            String applicationId,
            @Nullable String query) {
        static Request of(Operation operation, URI uri) {
            return new Request(
                    operation,
                    operation == Operation.LIST_SESSIONS ? uri.getPath().split("/", -1)[2] : "",
                    uri.getRawQuery());
        }
    }

    /** An application that is there, whether it has sessions or not. */
    public void add(String applicationId) {
        applications.computeIfAbsent(applicationId, id -> SimulatedApplication.of(id, clock.instant()));
    }

    /** From now on requests of that operation have this quota; without it, they are not throttled. */
    public void limit(Operation operation, double perSecond, int burst) {
        quotas.put(operation, new TokenBucket(perSecond, burst, clock.instant()));
    }

    /** Changes in which ways lists are wrong, from now on. */
    public void lie(Lies newLies) {
        lies = newLies;
    }

    /** From now on nobody may ask for that list. */
    public void deny(Operation operation) {
        denied.add(operation);
    }

    /** From now on everybody may again. */
    public void permit(Operation operation) {
        denied.remove(operation);
    }

    boolean allow(Operation operation, Instant now) {
        TokenBucket quota = quotas.get(operation);
        return quota == null || quota.take(now);
    }

    /**
     * Answers a request, and notes it; null if there is no answer.
     *
     * @param fault what goes wrong with it
     */
    @Nullable
    Answer to(Request request, Fault fault, Instant now) {
        Told told = fault.hidesList()
                ? new Told(FaultyAnswers.instead(fault, now), Set.of(), 0)
                : told(request, fault, now);
        Answer answer = told.answer();
        int status = answer == null ? 0 : answer.status();
        note(new Truth.Listing(
                now, request.operation(), request.applicationId(), status, fault, told.lies(), told.items()));
        return answer;
    }

    /** @param lies that the answer tells */
    private record Told(@Nullable Answer answer, Set<Lie> lies, int items) {}

    private Told told(Request request, Fault fault, Instant now) {
        Set<Lie> drawn = lies.next();
        if (denied.contains(request.operation())) {
            return new Told(refusal(request), Set.of(), 0);
        }
        if (drawn.contains(Lie.REFUSED)) {
            return new Told(refusal(request), Set.of(Lie.REFUSED), 0);
        }
        try {
            ListQuery query = ListQuery.parse(request.query(), states(request.operation()));
            if (request.operation() == Operation.LIST_SESSIONS && !applications.containsKey(request.applicationId())) {
                return new Told(missing(request.applicationId()), Set.of(), 0);
            }
            if (drawn.contains(Lie.THIRD_PAGE_503) && query.page() == 2) {
                return new Told(Answer.html(503), Set.of(Lie.THIRD_PAGE_503), 0);
            }
            return page(request, query, drawn, fault, now);
        } catch (IllegalArgumentException e) {
            return new Told(Answer.error(400, "ValidationException", String.valueOf(e.getMessage())), Set.of(), 0);
        }
    }

    private Told page(Request request, ListQuery query, Set<Lie> drawn, Fault fault, Instant now) {
        Set<Lie> told = EnumSet.noneOf(Lie.class);
        ListPage page = truePage(request, query, now, false);
        if (drawn.contains(Lie.STALE_PAGE)) {
            ListPage stale = truePage(request, query, now, true);
            if (!stale.equals(page)) {
                told.add(Lie.STALE_PAGE);
                page = stale;
            }
        }
        for (Lie lie : drawn) {
            ListPage other = lying.tell(lie, page, query);
            if (!other.equals(page)) {
                told.add(lie);
                page = other;
            }
        }
        Answer answer = page.answer(request.operation() == Operation.LIST_SESSIONS ? "sessions" : "applications");
        return new Told(fault.spoil(answer), told, page.items().size());
    }

    private ListPage truePage(Request request, ListQuery query, Instant now, boolean stale) {
        return request.operation() == Operation.LIST_SESSIONS
                ? sessions.page(request.applicationId(), query, now, stale)
                : ListPage.of(applicationItems(query), query);
    }

    private Stream<ListPage.Item> applicationItems(ListQuery query) {
        return applications.values().stream()
                .filter(application -> query.wants("STARTED", application.createdAt()))
                .map(application -> new ListPage.Item(application.id(), null, application.summary(account)));
    }

    private static List<String> states(Operation operation) {
        return operation == Operation.LIST_SESSIONS ? SessionLists.STATES : APPLICATION_STATES;
    }

    private static Answer missing(String applicationId) {
        return Answer.error(404, "ResourceNotFoundException", "Application " + applicationId + " does not exist");
    }

    private Answer refusal(Request request) {
        String action = "emr-serverless:" + request.operation().awsName();
        return Answer.error(
                403,
                "AccessDeniedException",
                "User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
                        .formatted(
                                account.identity("user/session-events"),
                                action,
                                account.arn(request.applicationId()),
                                action));
    }

    private void note(Truth.Listing listing) {
        synchronized (log) {
            log.add(listing);
        }
    }

    /** Every request for a list, in order of arrival. */
    List<Truth.Listing> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    void forgetBefore(Instant time) {
        synchronized (log) {
            log.removeIf(listing -> listing.at().isBefore(time));
        }
    }
}
