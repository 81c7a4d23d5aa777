package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

class ListApplicationsTest {
    private static final String GOOD = """
            {"id": "00f1app", "name": "notebooks", "arn": "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1app",
             "releaseLabel": "emr-7.13.0", "type": "Spark", "state": "STARTED", "createdAt": 1700000000, "updatedAt": 1700000060.5}""";
    private static final ApplicationKey APPLICATION = new ApplicationKey("prod", "00f1app");

    private final FakeEmr emr = new FakeEmr();
    private final EmrServerlessClient client = emr.client(FakeEmr.PATIENCE);
    private final ListApplications listApplications = new ListApplications(
            new OneCall(() -> client, new LookupErrors("prod", ListApplications.WANTED, ""), FakeEmr.TIME),
            new Source("prod", "eu-west-1", "123456789012"));

    @AfterEach
    void close() {
        client.close();
        emr.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, maxResults=50", "a=, maxResults=50&nextToken=a%3D"})
    void shouldAskForOnePageOfEveryApplication(@Nullable String token, String query) throws InterruptedException {
        emr.answers(answer(200, "{\"applications\": []}"));

        listApplications.attempt(new ApplicationsQuery(token), Permits.one());

        assertThat(emr.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/applications");
            assertThat(String.valueOf(request.query()).split("&", -1)).containsExactlyInAnyOrder(query.split("&", -1));
        });
    }

    @Test
    void shouldReadAPage() throws InterruptedException {
        assertThat(page("[" + GOOD + "," + GOOD.replace("00f1app", "00f2app") + "], \"nextToken\": \"more\""))
                .isEqualTo(new ApplicationListing.Page(
                        List.of(APPLICATION, new ApplicationKey("prod", "00f2app")), 0, "more"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what             | becomes
            "id": "00f1app"    | "id": "00F1"
            "id": "00f1app"    | "id": "00f2app"
            "id": "00f1app"    | "id": 7
            "id": "00f1app",   | ``
            00f1app            | 00F1APP
            "arn": "arn:       | "arn": "
            "arn"              | "nra"
            eu-west-1          | eu-west-2
            123456789012       | 210987654321
            /applications/     | /jobs/
            """)
    void shouldLeaveOutAndCountAnItemThatIsNone(String what, String becomes) throws InterruptedException {
        assertThat(GOOD).contains(what);

        assertThat(page("[" + GOOD.replace(what, becomes == null ? "" : becomes) + ",null," + GOOD + "]"))
                .isEqualTo(new ApplicationListing.Page(List.of(APPLICATION), 2, null));
    }

    @Test
    void shouldTakeAnApplicationWhateverElseIsSaidOfIt() throws InterruptedException {
        assertThat(page("[" + GOOD.replace("1700000060.5", "\"today\"").replace("STARTED", "NEW") + "]"))
                .isEqualTo(new ApplicationListing.Page(List.of(APPLICATION), 0, null));
    }

    /** @param applications the array, and what follows it */
    private ApplicationListing.Page page(String applications) throws InterruptedException {
        emr.answers(answer(200, "{\"applications\": " + applications + "}"));
        return (ApplicationListing.Page) listApplications
                .attempt(new ApplicationsQuery(null), Permits.one())
                .outcome();
    }
}
