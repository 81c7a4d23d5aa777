package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Lists the applications of a source, a page at a time; those that have ended too, as their sessions may have ended unseen.
 *
 * @param asked the source, as far as it is known
 */
record ListApplications(OneCall call, Source asked) implements Operation<ApplicationsQuery, ApplicationListing> {
    /** What was asked for, for messages. */
    static final String WANTED = "a list of applications";

    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]{0,20}:emr-serverless:([a-z0-9-]{1,30}):([0-9]{12}):/applications/([^/]{1,64})");

    @Override
    public String name() {
        return ListPermission.LIST_APPLICATIONS.operation();
    }

    @Override
    public Attempt<ApplicationListing> attempt(ApplicationsQuery query, Permit permit) throws InterruptedException {
        return call.attempt(permit, (client, exchange) -> attempt(client, exchange, query), this::failed);
    }

    @Override
    public ApplicationListing failed(Failure why) {
        return why;
    }

    private Attempt<ApplicationListing> attempt(
            EmrServerlessClient client, Exchange exchange, ApplicationsQuery query) {
        var _ = client.listApplications(request -> request.maxResults(ListSessions.MOST_ITEMS)
                .nextToken(query.nextToken())
                .overrideConfiguration(exchange::keep));
        Optional<JsonPage> page = JsonPage.read(exchange.body(), "applications");
        if (page.isEmpty()) {
            return call.errors()
                    .unusable("the answer holds no list of applications", exchange.head())
                    .map(this::failed);
        }
        var items = page.get().items(this::key);
        return Attempt.answered(new ApplicationListing.Page(
                items.read(), items.unreadable(), page.get().nextToken()));
    }

    private ApplicationKey key(JsonItem item) {
        String id = item.text("id");
        String arn = item.text("arn");
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches() || !parts.group(3).equals(id)) {
            throw new MalformedAnswerException(
                    "the item has the ARN " + Text.brief(arn) + ", expected the one of application " + Text.brief(id));
        }
        if (!mayBe(asked.region(), parts.group(1)) || !mayBe(asked.account(), parts.group(2))) {
            throw new MalformedAnswerException(
                    "the item has the ARN " + Text.brief(arn) + ", expected one of the source " + asked);
        }
        try {
            return new ApplicationKey(asked.name(), id);
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("the item is no application: " + e.getMessage());
        }
    }

    private static boolean mayBe(@Nullable String known, String sent) {
        return known == null || known.equals(sent);
    }
}
