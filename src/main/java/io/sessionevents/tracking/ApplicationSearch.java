package io.sessionevents.tracking;

import io.sessionevents.calls.SweepDesk;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the applications of one source where that is wanted, and knows why it finds none. Owned by the StreamThread, never waits. */
final class ApplicationSearch {
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** How long an application that was not there is not discovered again, although AWS lists it: each time costs several calls. */
    private static final Duration NOT_THERE = Duration.ofHours(1);

    private final SweepDesk desk;
    private final Map<ApplicationKey, Instant> notThereAt = new HashMap<>();
    private ApplicationsQuery next = new ApplicationsQuery(null);
    private boolean asked;
    private Instant notBefore = Instant.MIN;
    private @Nullable String refusal;
    private @Nullable String failure;

    ApplicationSearch(SweepDesk desk) {
        this.desk = desk;
    }

    /** Asks for the next page if it is due. */
    void ask(Instant now) {
        if (desk.discovery().all() && !asked && !now.isBefore(notBefore)) {
            asked = desk.askForApplications(() -> next);
        }
    }

    /**
     * Takes an answer in.
     *
     * @param answer null: the call broke
     * @return applications that are found by it
     */
    List<ApplicationKey> take(@Nullable ApplicationListing answer, Instant now) {
        asked = false;
        return switch (answer) {
            case ApplicationListing.Page page -> {
                refusal = null;
                failure = null;
                String token = page.nextToken();
                boolean goesOn = token != null && !token.equals(next.nextToken());
                next = new ApplicationsQuery(goesOn ? token : null);
                notBefore = goesOn ? now : now.plus(desk.limits().discover());
                yield page.applications().stream()
                        .filter(key -> desk.discovery().finds(key.applicationId()) && !wasNotThere(key, now))
                        .toList();
            }
            case Lookup.Refused(var _, String message) -> {
                refusal = message;
                failure = null;
                yield later(now, desk.limits().refused());
            }
            case Lookup.NotFound() -> failed("AWS answers that it knows no list of applications", now);
            case Lookup.Unavailable(var _, String message) -> failed(message, now);
            case null -> failed("the call broke", now);
        };
    }

    /** What is planned by a clock that was set back would wait for as much longer. */
    void clockSetBack(Instant now) {
        notBefore = now;
        notThereAt.clear();
    }

    /** That application was found and is not there. */
    void notThere(ApplicationKey key, Instant now) {
        notThereAt.put(key, now);
    }

    /** Why AWS refuses to list applications, for people; null if it does not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Why none could be listed when that was tried last, though AWS does not refuse it, for people; null if they could. */
    @Nullable
    String failure() {
        return failure;
    }

    private boolean wasNotThere(ApplicationKey key, Instant now) {
        Instant at = notThereAt.get(key);
        boolean lately = at != null && now.isBefore(at.plus(NOT_THERE));
        if (!lately) {
            notThereAt.remove(key);
        }
        return lately;
    }

    private List<ApplicationKey> failed(String message, Instant now) {
        failure = message;
        return later(now, AGAIN);
    }

    private List<ApplicationKey> later(Instant now, Duration pause) {
        next = new ApplicationsQuery(null);
        notBefore = now.plus(pause);
        return List.of();
    }
}
