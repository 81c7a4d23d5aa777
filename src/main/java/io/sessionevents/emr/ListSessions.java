package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSummary;
import io.sessionevents.session.Source;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.SessionState;

/**
 * Lists the sessions of an application, a page at a time.
 *
 * @param asked the source whose sessions these are, as far as it is known
 */
record ListSessions(OneCall call, Source asked) implements Operation<ListingQuery, Listing> {
    /** The most that AWS gives. */
    static final int MOST_ITEMS = 50;

    /** Longer than the ARN of any principal. */
    private static final int LONGEST_PRINCIPAL = 2_048;

    /** What was asked for, for messages. */
    static final String WANTED = "a list of sessions";

    private static final List<SessionState> LIVING = List.of(
            SessionState.SUBMITTED,
            SessionState.STARTING,
            SessionState.STARTED,
            SessionState.IDLE,
            SessionState.BUSY,
            SessionState.TERMINATING);

    @Override
    public String name() {
        return ListPermission.LIST_SESSIONS.operation();
    }

    @Override
    public Attempt<Listing> attempt(ListingQuery query, Permit permit) throws InterruptedException {
        return call.attempt(permit, (client, exchange) -> attempt(client, exchange, query), this::failed);
    }

    @Override
    public Listing failed(Failure why) {
        return why;
    }

    private Attempt<Listing> attempt(EmrServerlessClient client, Exchange exchange, ListingQuery query) {
        var _ = client.listSessions(request -> {
            request.applicationId(query.application().applicationId())
                    .maxResults(MOST_ITEMS)
                    .createdAtAfter(query.createdAfter())
                    .nextToken(query.nextToken())
                    .overrideConfiguration(exchange::keep);
            if (query.living()) {
                request.states(LIVING);
            }
        });
        Optional<JsonPage> page = JsonPage.read(exchange.body(), "sessions");
        if (page.isEmpty()) {
            return call.errors()
                    .unusable("the answer holds no list of sessions", exchange.head())
                    .map(this::failed);
        }
        var bounds = new Bounds(call.time().wall().instant());
        var items = page.get().items(item -> summary(item, query, bounds));
        return Attempt.answered(
                new Listing.Page(items.read(), items.unreadable(), page.get().nextToken()));
    }

    private SessionSummary summary(JsonItem item, ListingQuery query, Bounds bounds) {
        String applicationId = item.text("applicationId");
        if (!applicationId.equals(query.application().applicationId())) {
            throw new MalformedAnswerException(
                    "the item is of application " + Text.brief(applicationId) + ", expected " + query.application());
        }
        SessionKey key = key(item.text("sessionId"), query);
        Sessions.checkArn(item.text("arn"), key, asked);
        item.require("stateDetails", "releaseLabel", "executionRoleArn");
        String createdBy = item.text("createdBy");
        if (createdBy.length() > LONGEST_PRINCIPAL) {
            throw new MalformedAnswerException(
                    "createdBy of " + createdBy.length() + " characters, expected at most " + LONGEST_PRINCIPAL);
        }
        return new SessionSummary(
                key,
                Bounds.state(item.text("state")),
                createdBy,
                item.time("createdAt", bounds),
                item.time("updatedAt", bounds));
    }

    private static SessionKey key(String sessionId, ListingQuery query) {
        try {
            return query.application().session(sessionId);
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("the item is no session: " + e.getMessage());
        }
    }
}
