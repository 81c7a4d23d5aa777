package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EventBridge delivers. The shape is that of AWS's documentation. */
class CloudTrailEventsTest {
    static final String STARTED = """
            {"version":"0","id":"11111111-2222-3333-4444-555555555555","detail-type":"AWS API Call via CloudTrail",
             "source":"aws.emr-serverless","account":"222222222222","time":"2026-11-23T12:00:00Z","region":"eu-west-1",
             "resources":[],
             "detail":{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","accountId":"222222222222"},
              "eventTime":"2026-11-23T12:00:00Z","eventSource":"emr-serverless.amazonaws.com","eventName":"StartSession",
              "awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.1","userAgent":"Boto3",
              "requestParameters":{"applicationId":"app","clientToken":"c","executionRoleArn":"arn:aws:iam::222222222222:role/r"},
              "responseElements":{"applicationId":"app","sessionId":"s1",
               "arn":"arn:aws:emr-serverless:eu-west-1:222222222222:/applications/app/sessions/s1"},
              "requestID":"r","eventID":"e","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,
              "recipientAccountId":"222222222222","eventCategory":"Management"}}""";

    private static final String TERMINATED = STARTED.replace("StartSession", "TerminateSession")
            .replaceFirst("\"responseElements\":\\{[^}]*}", "\"responseElements\":null")
            .replace("\"clientToken\":\"c\"", "\"sessionId\":\"s1\"");

    private static final Request TRACK = new Request.Track(new SessionKey("eu", "app", "s1"), Map.of());

    private final SessionIdDecoder decoder = new SessionIdDecoder(
            (topic, bytes) -> {
                throw new AssertionError("is no Avro");
            },
            new Sources(List.of(
                    new Source(Source.DEFAULT, "us-east-1", null), new Source("eu", "eu-west-1", "222222222222"))));

    @Test
    void shouldTrackTheSessionThatWasStartedOrTerminated() {
        assertThat(decode(STARTED)).isEqualTo(TRACK);
        assertThat(decode(TERMINATED)).isEqualTo(TRACK);
        assertThat(decode(" \n" + STARTED)).isEqualTo(TRACK);
    }

    @Test
    void shouldTakeAccountAndRegionOfTheEventWhereTheCallHasNone() {
        assertThat(decode(STARTED.replace("recipientAccountId", "other").replace("awsRegion", "another")))
                .isEqualTo(TRACK);
    }

    @Test
    void shouldTakeItsOwnEventWhateverElseIsInIt() {
        String own = "{\"applicationId\":\"own\",\"sessionId\":\"s2\","
                + STARTED.substring(1).replace("\"source\":\"aws.emr-serverless\"", "\"source\":\"eu\"");

        assertThat(decode(own)).isEqualTo(new Request.Track(new SessionKey("eu", "own", "s2"), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"eventVersion\" | \"errorCode\":\"AccessDenied\",\"eventVersion\" | failed with \"AccessDenied\"",
                "\"StartSession\" | \"StartJobRun\" | starts or terminates no session",
                "\"StartSession\" | \"GetSession\" | starts or terminates no session",
                "\"readOnly\":false | \"readOnly\":true | starts or terminates no session",
                "\"emr-serverless.amazonaws.com\" | \"ssm.amazonaws.com\" | starts or terminates no session",
                "AWS API Call via CloudTrail | EMR Serverless Application State Change | tells of no session"
            })
    void shouldAskForNothing(String replaced, String by, String message) {
        assertThat(decode(STARTED.replace(replaced, by)))
                .isInstanceOfSatisfying(
                        Request.Nothing.class,
                        nothing -> assertThat(nothing.message()).contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"sessionId\" | \"other\" | UNREADABLE_JSON | detail.requestParameters.sessionId",
                "\"applicationId\" | \"other\" | UNREADABLE_JSON | detail.requestParameters.applicationId",
                "\"eventName\" | \"other\" | UNREADABLE_JSON | detail.eventName",
                "\"eventSource\" | \"other\" | UNREADABLE_JSON | detail.eventSource",
                "egion\" | other\" | UNREADABLE_JSON | no string region",
                "ccount | ther | UNREADABLE_JSON | no string account",
                "\"s1\" | \"S1\" | BAD_IDENTIFIER | sessionId",
                "eu-west-1 | ap-south-1 | UNKNOWN_SOURCE | account 222222222222 in ap-south-1",
                "222222222222 | 333333333333 | UNKNOWN_SOURCE | account 333333333333 in eu-west-1"
            })
    void shouldSayWhatIsWrong(String replaced, String by, DeadLetterReason reason, String message) {
        assertThat(decode(STARTED.replace(replaced, by)))
                .isInstanceOfSatisfying(Request.Unreadable.class, unreadable -> {
                    assertThat(unreadable.reason()).isEqualTo(reason);
                    assertThat(unreadable.message()).contains(message);
                });
    }

    /** The largest that EventBridge takes is 256 KiB. */
    @Test
    void shouldReadTheLargestEvent() {
        String large = STARTED.replace("\"clientToken\":\"c\"", "\"name\":\"" + "x".repeat(256 * 1024) + "\"");

        assertThat(decode(large)).isEqualTo(TRACK);
    }

    @Test
    void shouldNotEchoLongOrControlCharacters() {
        String odd = STARTED.replace("\"StartSession\"", "\"" + "\\u0007".repeat(1_000) + "\"");

        assertThat(decode(odd))
                .isInstanceOfSatisfying(
                        Request.Nothing.class,
                        nothing -> assertThat(nothing.message())
                                .hasSizeLessThan(200)
                                .doesNotContain("\u0007"));
    }

    @Test
    void shouldNotEchoAnOddRegion() {
        String odd = STARTED.replace("eu-west-1", "eu\\u0007" + "x".repeat(1_000_000));

        assertThat(decode(odd))
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        unreadable -> assertThat(unreadable.message())
                                .hasSizeLessThan(1000)
                                .doesNotContain("\u0007"));
    }

    /** Nothing that EventBridge or a publisher may send ends the StreamThread. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "7", "true", "\"\"", "\"x\"", "1e99999", "[[[[{}]]]]"})
    void shouldBearOddMembers(String odd) {
        for (String member : List.of(
                "detail-type",
                "detail",
                "account",
                "region",
                "eventSource",
                "eventName",
                "awsRegion",
                "requestParameters",
                "responseElements",
                "applicationId",
                "sessionId",
                "errorCode",
                "readOnly",
                "recipientAccountId")) {
            for (String event : List.of(STARTED, TERMINATED)) {
                String twice = event.replaceFirst(
                        "\"" + member + "\":",
                        "\"" + member + "\":" + Matcher.quoteReplacement(odd) + ",\"" + member + "\":");
                String last = event.replaceFirst(
                        "\"" + member + "\":(\"[^\"]*\"|[a-z]+|\\{[^{}]*\\})",
                        Matcher.quoteReplacement("\"" + member + "\":" + odd));

                assertThat(decode(twice)).isNotNull();
                assertThat(decode(last)).isNotNull();
            }
        }
    }

    private Request decode(String event) {
        return decoder.decode("t", null, event.getBytes(UTF_8), new RecordHeaders());
    }
}
