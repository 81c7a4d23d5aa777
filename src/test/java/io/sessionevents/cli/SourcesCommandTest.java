package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.emr.FakeSts;
import io.sessionevents.emr.OwnCredentials;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.preflight.CheckOutcome;
import io.sessionevents.preflight.Finding;
import io.sessionevents.preflight.SourcesCheck;
import io.sessionevents.settings.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users see of several accounts and Regions. */
@ExtendWith(OwnCredentials.class)
class SourcesCommandTest {
    private static final String ROLE = "arn:aws:iam::222222222222:role/reader";
    private static final String OTHER = "arn:aws:iam::333333333333:role/reader";

    private final FakeSts sts = new FakeSts().trusts(ROLE, "right");

    @AfterEach
    void stop() {
        sts.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sources=Prod                                          | sources (flag -X sources) names \"Prod\", expected 1 to 32 characters",
                "sources=a;source.a.region=eu-cental-1                 | source.a.region is \"eu-cental-1\", expected an AWS Region such as eu-central-1",
                "sources=a,b;source.a.region=eu-west-1;source.b.region=eu-west-1;source.a.account.id=111111111111;source.b.account.id=111111111111 | The sources a, b are all account 111111111111 in eu-west-1"
            })
    void shouldSayInALineWhatIsWrongWithTheConfiguration(String flags, String says) {
        var result = Invocation.run(
                with("validate", "bootstrap.servers=localhost:1;schema.registry.url=http://localhost:1;" + flags));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).startsWith("FAIL configuration").contains(says).hasLineCount(1);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void shouldCheckEverySourceByItself() {
        var result = Invocation.run(with(
                "validate",
                "bootstrap.servers=localhost:1;schema.registry.url=http://localhost:1;kafka.default.api.timeout.ms=2000;kafka.request.timeout.ms=1000;"
                        + sources("sources=good,refused,missing,wrong;"
                                + "source.good.role.arn=" + ROLE + ";source.good.external.id=right;"
                                + "source.refused.role.arn=" + OTHER + ";"
                                + "source.missing.role.arn=" + ROLE + ";source.missing.region=eu-west-2;"
                                + "source.wrong.role.arn=" + ROLE
                                + ";source.wrong.external.id=wrong;source.wrong.region=eu-west-3")));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern("(?m)^ok +aws +Region eu-central-1, account 111111111111, credentials")
                .containsPattern("(?m)^ok +aws good +Region eu-west-1, account 222222222222, credentials")
                .containsPattern("(?m)^FAIL aws refused +AWS, source refused: STS refuses the role " + OTHER)
                .containsPattern(
                        "(?m)^FAIL aws missing +AWS, source missing: STS refuses .*set source.missing.external.id")
                .containsPattern("(?m)^FAIL aws wrong +AWS, source wrong: .*\"sts:ExternalId\": \"wrong\"")
                .doesNotContain("\tat ", "geheim");
        assertThat(result.err()).doesNotContain("\tat ", "geheim");
    }

    @Test
    void shouldLetTheServiceStartAsSoonAsOneSourceIsFine() throws InterruptedException {
        List<SourceSettings> all = Configuration.loader()
                .withFlags(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r"))
                .withFlags(flags(sources("sources=refused;source.refused.role.arn=" + OTHER)))
                .load()
                .sources();

        List<CheckOutcome> start = new SourcesCheck(all, true).outcomes();
        assertThat(start).hasSize(2).allMatch(CheckOutcome::ok);
        assertThat(start.get(1).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.gravity()).isEqualTo(Finding.Gravity.WARNS);
            assertThat(finding.what())
                    .contains("AWS, source refused: STS refuses", "The other sources are read meanwhile.");
        });
        assertThat(new SourcesCheck(all, false).outcomes())
                .extracting(CheckOutcome::ok)
                .containsExactly(true, false);
        assertThat(new SourcesCheck(all.subList(1, 2), true).outcomes())
                .as("nothing to do but wait")
                .extracting(CheckOutcome::ok)
                .containsExactly(false);
    }

    @Test
    void shouldNotStartWithTheBudgetOfOneAccountTwice() throws InterruptedException {
        List<SourceSettings> all = Configuration.loader()
                .withFlags(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r"))
                .withFlags(flags(sources("sources=same;source.same.region=eu-central-1")))
                .load()
                .sources();

        assertThat(new SourcesCheck(all, true).outcomes())
                .last()
                .satisfies(outcome -> assertThat(outcome.findings())
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.gravity()).isEqualTo(Finding.Gravity.STOPS);
                            assertThat(finding.what())
                                    .startsWith(
                                            "The sources default, same are all account 111111111111 in eu-central-1");
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get-session prod:app/s1                    | Session prod:app/s1: source prod is not configured here, there is default",
                "get-session --source prod app/s1           | Session prod:app/s1: source prod is not configured here",
                "get-session --source prod --application-id app --session-id s1 | Session prod:app/s1: source prod is not",
                "track --source prod app/s1                 | Session prod:app/s1: source prod is not configured here",
                "track --source prod app                    | Application prod:app: source prod is not configured here",
                "track prod:app                             | Application prod:app: source prod is not configured here"
            })
    void shouldUnderstandTheSourceOfASession(String command, String says) {
        var result = Invocation.run(command.split(" "));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(says).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get-session --source Prod app/s1      | source \"Prod\" is no name of a source",
                "get-session --source a b:app/s1       | b:app/s1 names its source, expected applicationId/sessionId with --source",
                "track --source a arn:aws:emr-serverless:eu-west-1:123456789012:/applications/a/sessions/s | names its source",
                "track --source a b:app                | names its source, expected applicationId/sessionId or applicationId",
                "track arn:aws:s3:::bucket             | not a session ARN: \"arn:aws:s3:::bucket\"",
                "validate --source a                   | --source goes with --session",
                "tail --source arn                     | source \"arn\" is no name of a source"
            })
    void shouldRefuseASourceThatIsNone(String command, String says) {
        var result = Invocation.run(command.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(says);
    }

    @Test
    void shouldLookUpInTheSourceThatIsNamedAndNameItInTrouble() {
        var result = Invocation.run(
                with("get-session", sources("sources=refused;source.refused.role.arn=" + OTHER), "refused:app/s1"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("session-events: AWS, source refused: STS refuses the role " + OTHER)
                .hasLineCount(1);
    }

    private String sources(String more) {
        List<String> flags = new ArrayList<>(List.of(
                "aws.region=eu-central-1", "aws.sts.endpoint.url=" + sts.uri(), "aws.endpoint.url=" + sts.uri()));
        Arrays.stream(more.split(";"))
                .filter(flag -> flag.startsWith("sources="))
                .findFirst()
                .ifPresent(names -> {
                    for (String name : names.substring("sources=".length()).split(",", -1)) {
                        flags.add("source." + name + ".region=eu-west-1");
                        flags.add("source." + name + ".sts.endpoint.url=" + sts.uri());
                        flags.add("source." + name + ".endpoint.url=" + sts.uri());
                    }
                });
        return String.join(";", flags) + ";" + more;
    }

    private static Map<String, String> flags(String text) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (String flag : text.split(";", -1)) {
            flags.put(flag.substring(0, flag.indexOf('=')), flag.substring(flag.indexOf('=') + 1));
        }
        return flags;
    }

    private static String[] with(String command, String flags, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        flags(flags).forEach((key, value) -> all.addAll(List.of("-X", key + "=" + value)));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
