package io.sessionevents.local.simulator;

import static io.sessionevents.local.simulator.SimulatedAws.ABROAD;
import static io.sessionevents.local.simulator.SimulatedAws.LIFETIME;
import static io.sessionevents.local.simulator.SimulatedAws.USER;
import static io.sessionevents.local.simulator.SimulatedAws.credentials;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;
import software.amazon.awssdk.services.emrserverless.model.Session;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Two accounts at two endpoints, with the same ids in both, as the real SDK sees them. */
class SeveralAccountsTest {
    private final SimulatedAws aws = new SimulatedAws();
    private final SimulatedSession atHome = session(AwsAccount.DEFAULT, "BUSY");
    private final SimulatedSession abroad = session(ABROAD, "IDLE");

    private SimulatedSession session(AwsAccount account, String state) {
        var factory = new SessionFactory(new Random(1), 1, account);
        return factory.full(factory.key()).then(state, aws.now().minusSeconds(1));
    }

    @BeforeEach
    void add() {
        aws.home.add(atHome);
        aws.abroad.add(abroad);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void shouldAnswerForItsOwnSessionsWhoseIdsMayBeThoseOfOthers() {
        Session one = look(aws.home, "us-east-1", credentials(USER));
        Session other = look(aws.abroad, "eu-west-1", credentials(aws.assume()));

        assertThat(one.sessionId()).isEqualTo(other.sessionId());
        assertThat(one.stateAsString()).isEqualTo("BUSY");
        assertThat(other.stateAsString()).isEqualTo("IDLE");
        assertThat(one.arn()).startsWith("arn:aws:emr-serverless:us-east-1:123456789012:/applications/");
        assertThat(other.arn()).startsWith("arn:aws:emr-serverless:eu-west-1:210987654321:/applications/");
        assertThat(other.executionRoleArn()).isEqualTo("arn:aws:iam::210987654321:role/spark-connect");
        assertThat(abroad.key()).hasToString("prod-eu:" + atHome.key());
        assertThat(SessionKey.parse(abroad.key().toString())).isEqualTo(abroad.key());
        assertThat(aws.abroad.truth().requests()).singleElement().satisfies(look -> {
            assertThat(look.key()).isEqualTo(abroad.key());
            assertThat(look.honest()).isTrue();
        });
    }

    @Test
    void shouldNoteACallWithTheCredentialsOfAnotherAccount() {
        EmrServerlessException refusal = refusal(aws.abroad, "eu-west-1", credentials(USER));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
        assertThat(faultOf(aws.abroad)).isEqualTo(Fault.UNKNOWN_CREDENTIALS);
        refusal(aws.home, "us-east-1", credentials(aws.assume()));
        assertThat(faultOf(aws.home)).isEqualTo(Fault.UNKNOWN_CREDENTIALS);
    }

    @Test
    void shouldNoteACallThatIsSignedForAnotherRegion() {
        EmrServerlessException refusal = refusal(aws.abroad, "us-east-1", credentials(aws.assume()));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
        assertThat(faultOf(aws.abroad)).isEqualTo(Fault.WRONG_SIGNATURE);
    }

    @Test
    void shouldNoteACallThatIsSignedWithAnotherSecretOrWithoutItsToken() {
        Credentials issued = aws.assume();
        refusal(aws.home, "us-east-1", AwsBasicCredentials.create(USER.id(), "guessed"));
        refusal(aws.abroad, "eu-west-1", AwsBasicCredentials.create(issued.accessKeyId(), issued.secretAccessKey()));

        assertThat(faultOf(aws.home)).isEqualTo(Fault.WRONG_SIGNATURE);
        assertThat(faultOf(aws.abroad)).isEqualTo(Fault.UNKNOWN_CREDENTIALS);
    }

    @Test
    void shouldTakeCredentialsUntilTheyExpire() {
        AwsCredentials issued = credentials(aws.assume());
        aws.pass(LIFETIME.minusMillis(1));
        look(aws.abroad, "eu-west-1", issued);
        aws.pass(java.time.Duration.ofMillis(1));
        EmrServerlessException refusal = refusal(aws.abroad, "eu-west-1", issued);

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException");
        assertThat(faultOf(aws.abroad)).isEqualTo(Fault.OUTLIVED_CREDENTIALS);
        assertThat(aws.abroad.truth().requests().getLast().honest()).isFalse();
    }

    private Session look(SimulatedEmrServerless endpoint, String region, AwsCredentials credentials) {
        try (EmrServerlessClient client = SimulatedAws.emrClient(endpoint.url(), region, () -> credentials)) {
            return client.getSession(
                            request -> request.applicationId(atHome.key().applicationId())
                                    .sessionId(atHome.key().sessionId()))
                    .session();
        }
    }

    private EmrServerlessException refusal(SimulatedEmrServerless endpoint, String region, AwsCredentials credentials) {
        return requireNonNull(
                catchThrowableOfType(EmrServerlessException.class, () -> look(endpoint, region, credentials)));
    }

    private static Fault faultOf(SimulatedEmrServerless endpoint) {
        return endpoint.truth().requests().getLast().fault();
    }
}
