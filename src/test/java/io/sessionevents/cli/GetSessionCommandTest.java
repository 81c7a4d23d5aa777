package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkSystemSetting;

class GetSessionCommandTest {
    private static SimulatedEmrServerless emr;
    private static SimulatedSession session;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("aws.accessKeyId", "AKIALOCALENVIRONMENT");
        System.setProperty("aws.secretAccessKey", "local");
        emr = SimulatedEmrServerless.start(InstantSource.system(), SimulatedEmrServerless.Options.UNLIMITED);
        var factory = new SessionFactory(new Random(5), 1);
        Instant begin = Instant.parse("2026-11-23T09:00:00.123Z");
        session = factory.full(factory.key())
                .then("SUBMITTED", begin)
                .then("IDLE", begin.plusSeconds(60))
                .then("TERMINATED", begin.plusSeconds(600));
        emr.add(session);
    }

    @AfterAll
    static void stop() {
        emr.close();
    }

    @Test
    void shouldPrintTheSessionUnderTheNamesOfAws() {
        var table = get(session.key().toString());
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out())
                .containsPattern("(?m)^state +TERMINATED$")
                .containsPattern("(?m)^createdAt +2026-11-23T09:00:00.123Z$")
                .containsPattern("(?m)^networkConfiguration +\\{\"subnetIds\":\\[\"subnet-0a1b2c3d\"");

        var json = get(
                "--application-id",
                session.key().applicationId(),
                "--session-id",
                session.key().sessionId(),
                "--output",
                "json");
        assertThat(json.out())
                .startsWith("{\"applicationId\":\"" + session.key().applicationId() + "\"")
                .contains("\"billedResourceUtilization\":{\"vCPUHour\":");
    }

    @ParameterizedTest
    @CsvSource({"none,configurationOverrides,false", "redacted,secret,false", "redacted,***,true", "full,secret,true"})
    void shouldShowConfigurationValuesAsConfigured(String detail, String text, boolean shown) {
        var result = get(session.key().toString(), "--output", "json", "-X", "event.configuration=" + detail);

        assertThat(result.out().contains(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "get-session, eu-west-1, 123456789012, it is of account 123456789012 in eu-west-1",
        "get-session, us-east-1, 999999999999, it is of account 999999999999 in us-east-1",
        "track, eu-west-1, 123456789012, it is of account 123456789012 in eu-west-1",
        "track, us-east-1, 999999999999, it is of account 999999999999 in us-east-1"
    })
    void shouldNotAskForASessionOfAnotherRegionOrAccount(String command, String region, String account, String why) {
        var result = Invocation.run(
                command,
                "arn:aws:emr-serverless:" + region + ":" + account + ":/applications/app/sessions/s1",
                "-X",
                "aws.region=us-east-1",
                "-X",
                "aws.account.id=123456789012");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("session-events: Session arn:aws:emr-serverless:" + region + ":" + account
                        + ":/applications/app/sessions/s1: " + why)
                .contains("default (account 123456789012 in us-east-1)", "sources")
                .hasLineCount(1);
    }

    @Test
    void shouldSayInALineThatThereIsNoRegionOrThatItIsNone() {
        System.setProperty(SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property(), "true");
        try {
            var none = Invocation.run("get-session", "app/s1");
            var wrong = Invocation.run("get-session", "app/s1", "-X", "aws.region=us east");

            assertThat(none.err())
                    .isEqualToIgnoringNewLines("session-events: AWS: no AWS Region is set: set aws.region or AWS_REGION"
                            + " (for example us-east-1), or a region in the AWS profile.");
            assertThat(wrong.err())
                    .startsWith("session-events: aws.region is \"us east\" (flag -X aws.region), expected")
                    .hasLineCount(1);
        } finally {
            System.clearProperty(SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property());
        }
    }

    @Test
    void shouldSayInALineThatThereAreNoCredentials() {
        var result = Invocation.run(
                "get-session", "app/s1", "-X", "aws.region=us-east-1", "-X", "aws.profile=nobodys-profile");

        assertThat(result.err())
                .startsWith("session-events: AWS: the AWS profile \"nobodys-profile\" does not exist")
                .hasLineCount(1);
    }

    @Test
    void shouldSayInALineWhyThereIsNoSession() {
        var unknown = get("app/nobody");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .contains("AWS does not know session app/nobody")
                .hasLineCount(1);

        emr.behave(Faults.always(Fault.ACCESS_DENIED));
        try {
            var refused = get(session.key().toString());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("AccessDeniedException (HTTP 403")
                    .hasLineCount(1);
        } finally {
            emr.behave(Faults.NONE);
        }
    }

    @Test
    void shouldWantOneSession() {
        assertThat(get().code()).isEqualTo(2);
        assertThat(get("a/b", "--application-id", "a", "--session-id", "b").code())
                .isEqualTo(2);
        assertThat(get("--session-id", "b").code()).isEqualTo(2);
        assertThat(get("../x").code()).isEqualTo(2);
    }

    private static Invocation.Result get(String... arguments) {
        List<String> all = new ArrayList<>(List.of("get-session", "-X", "aws.region=us-east-1"));
        all.addAll(List.of("-X", "aws.endpoint.url=" + emr.url()));
        all.addAll(List.of(arguments));
        return Invocation.run(all.toArray(String[]::new));
    }
}
