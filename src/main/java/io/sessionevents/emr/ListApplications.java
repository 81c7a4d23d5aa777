package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.ApplicationArn;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Source;
import java.util.Optional;
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
        String sent = item.text("arn");
        ApplicationArn arn = arn(sent);
        if (arn == null || !arn.applicationId().equals(id)) {
            throw new MalformedAnswerException(
                    "the item has the ARN " + Text.brief(sent) + ", expected the one of application " + Text.brief(id));
        }
        if (!asked.mayHave(arn)) {
            throw new MalformedAnswerException(
                    "the item has the ARN " + Text.brief(sent) + ", expected one of the source " + asked);
        }
        return arn.in(asked.name());
    }

    private static @Nullable ApplicationArn arn(String sent) {
        try {
            return ApplicationArn.parse(sent);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
