package io.sessionevents.local.simulator;

import static io.sessionevents.local.simulator.SimulatedAws.EXTERNAL_ID;
import static io.sessionevents.local.simulator.SimulatedAws.LIFETIME;
import static io.sessionevents.local.simulator.SimulatedAws.ROLE;
import static io.sessionevents.local.simulator.SimulatedAws.STRANGER;
import static io.sessionevents.local.simulator.SimulatedAws.USER;
import static io.sessionevents.local.simulator.SimulatedAws.credentials;
import static io.sessionevents.local.simulator.SimulatedAws.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** The simulated STS, as the real SDK sees it. */
class SimulatedStsTest {
    private final SimulatedAws aws = new SimulatedAws();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void shouldGiveOutOtherCredentialsEachTimeAndNoteIt() {
        var first = aws.assume();
        var second = aws.assume();

        assertThat(first.expiration()).isEqualTo(aws.now().plus(LIFETIME));
        assertThat(second.accessKeyId()).isNotEqualTo(first.accessKeyId());
        assertThat(aws.sts.calls())
                .hasSize(2)
                .allMatch(call -> call.grants(ROLE))
                .first()
                .isEqualTo(new StsCall(
                        aws.now(), "AssumeRole", USER.id(), ROLE, "session-events", EXTERNAL_ID, StsCall.GRANTED));
    }

    @Test
    void shouldSayWhoCalls() {
        try (StsClient client = aws.stsClient(credentials(USER));
                StsClient asRole = aws.stsClient(credentials(aws.assume()))) {
            assertThat(client.getCallerIdentity().account()).isEqualTo(AwsAccount.DEFAULT.id());
            assertThat(client.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/watcher");
            assertThat(asRole.getCallerIdentity().account()).isEqualTo(SimulatedAws.ABROAD.id());
            assertThat(asRole.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::210987654321:assumed-role/reader/session-events");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AKIASTRANGER, arn:aws:iam::210987654321:role/reader, id/of:us",
        "AKIAHOME, arn:aws:iam::210987654321:role/reader, another",
        "AKIAHOME, arn:aws:iam::210987654321:role/reader, ",
        "AKIAHOME, arn:aws:iam::210987654321:role/nobody, id/of:us"
    })
    void shouldRefuseWhoIsNotTrusted(String caller, String role, @Nullable String externalId) {
        AccessKey key = caller.equals(USER.id()) ? USER : STRANGER;

        StsException refusal = refusal(credentials(key), request(role, externalId));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                        .formatted(key.owner(), role));
        assertThat(aws.sts.calls()).extracting(StsCall::outcome).containsExactly("AccessDenied");
    }

    @Test
    void shouldRefuseARoleFromNowOnAndForgive() {
        aws.assume();
        aws.sts.refuse(ROLE);
        assertThat(refusal(credentials(USER), request(ROLE, EXTERNAL_ID))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("AccessDenied");
        aws.sts.forgive(ROLE);

        assertThat(aws.assume().accessKeyId()).startsWith("ASIA");
    }

    @ParameterizedTest
    @CsvSource({"AKIANOBODY, secret, InvalidClientTokenId", "AKIAHOME, guessed, SignatureDoesNotMatch"})
    void shouldRefuseWhoIsNotWhoHeSays(String keyId, String secret, String code) {
        StsException refusal = refusal(AwsBasicCredentials.create(keyId, secret), request(ROLE, EXTERNAL_ID));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }

    @Test
    void shouldTakeNoRequestThatAwsWouldNotTake() {
        var tooShort =
                request(ROLE, EXTERNAL_ID).toBuilder().durationSeconds(899).build();
        var badName = request(ROLE, EXTERNAL_ID).toBuilder()
                .roleSessionName("session events")
                .build();

        assertThat(refusal(credentials(USER), tooShort).awsErrorDetails().errorCode())
                .isEqualTo("ValidationError");
        assertThat(refusal(credentials(USER), badName).awsErrorDetails().errorCode())
                .isEqualTo("ValidationError");
    }

    @Test
    void shouldFailAsItIsTold() {
        aws.sts.behave(StsFault.THROTTLED);
        assertThat(refusal(credentials(USER), request(ROLE, EXTERNAL_ID)).isThrottlingException())
                .isTrue();
        aws.sts.behave(StsFault.INTERNAL_ERROR);
        assertThat(refusal(credentials(USER), request(ROLE, EXTERNAL_ID)).statusCode())
                .isEqualTo(500);
        aws.sts.behave(StsFault.SILENCE);
        try (StsClient impatient = aws.stsClient(credentials(USER), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> impatient.assumeRole(request(ROLE, EXTERNAL_ID)))
                    .isInstanceOf(ApiCallTimeoutException.class);
        }
        aws.sts.behave(StsFault.NONE);
        aws.assume();

        assertThat(aws.sts.calls())
                .extracting(StsCall::outcome)
                .containsExactly("Throttling", "InternalFailure", StsCall.UNANSWERED, StsCall.GRANTED);
    }

    /** Of those that have expired, and of a role that may call nobody. */
    @Test
    void shouldTakeNoExpiredCredentials() {
        AwsCredentials issued = credentials(aws.assume());
        aws.pass(LIFETIME);

        assertThat(refusal(issued, request(ROLE, EXTERNAL_ID)).awsErrorDetails().errorCode())
                .isEqualTo("ExpiredToken");
    }

    @Test
    void shouldServeTheProviderOfTheSdk() {
        try (StsClient client = aws.stsClient(credentials(USER));
                var provider = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(client)
                        .refreshRequest(request(ROLE, EXTERNAL_ID))
                        .build()) {
            AwsCredentials credentials = provider.resolveCredentials();

            assertThat(credentials.accessKeyId()).startsWith("ASIA");
            assertThat(provider.resolveCredentials()).isNotNull();
            assertThat(aws.sts.calls()).allMatch(call -> call.grants(ROLE));
        }
    }

    private StsException refusal(AwsCredentials caller, AssumeRoleRequest request) {
        try (StsClient client = aws.stsClient(caller)) {
            return java.util.Objects.requireNonNull(
                    catchThrowableOfType(StsException.class, () -> client.assumeRole(request)));
        }
    }
}
