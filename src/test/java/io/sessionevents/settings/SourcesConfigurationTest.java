package io.sessionevents.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionevents.calls.SweepLimits;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.emr.EmrSettings;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.session.Discovery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several accounts and Regions. */
class SourcesConfigurationTest {
    private static final String ROLE = "arn:aws:iam::222222222222:role/reader";

    @Test
    void shouldHaveTheDefaultSourceAloneUnlessMoreAreNamed() {
        assertThat(load("").sources()).extracting(SourceSettings::name).containsExactly("default");
        assertThat(load("sources=").sources()).extracting(SourceSettings::name).containsExactly("default");
    }

    @Test
    void shouldReadEverySourceByItself() {
        Configuration configuration = load("""
                aws.region=us-east-1; aws.profile=hub; aws.role.arn=arn:aws:iam::111111111111:role/a
                sources=prod-eu, b
                source.prod-eu.region=eu-west-1; source.prod-eu.role.arn=%s; source.prod-eu.external.id=x-1
                source.prod-eu.sts.endpoint.url=http://sts:1
                source.b.region=eu-central-1; source.b.profile=other; source.b.account.id=333333333333
                source.b.endpoint.url=http://emr:2""".formatted(ROLE));

        assertThat(configuration.sources()).extracting(SourceSettings::name).containsExactly("default", "prod-eu", "b");
        assertThat(configuration.sources())
                .extracting(SourceSettings::account)
                .containsExactly("111111111111", "222222222222", "333333333333");
        EmrSettings eu = configuration.sources().get(1).emr();
        assertThat(eu.region()).isEqualTo("eu-west-1");
        assertThat(eu.role()).isEqualTo(new EmrSettings.Role(ROLE, "x-1"));
        assertThat(eu.stsEndpoint()).isEqualTo(URI.create("http://sts:1"));
        assertThat(eu.profile())
                .as("that of the default source, whose role it does not take")
                .isEqualTo("hub");
        EmrSettings b = configuration.sources().get(2).emr();
        assertThat(b.profile()).isEqualTo("other");
        assertThat(b.role()).isNull();
        assertThat(b.endpoint()).isEqualTo(URI.create("http://emr:2"));
    }

    @Test
    void shouldLetASourceHaveItsOwnBudgetAndOtherwiseTheGeneralOne() {
        Configuration configuration = load("""
                budget.get-session=9; lookup.timeout=3 s; lookup.retry.backoff=1 s
                sources=a,b; source.a.region=eu-west-1; source.b.region=eu-west-2
                source.a.budget.get-session=2.5; source.a.lookup.timeout=7 s; source.a.lookup.max.concurrent=5
                source.a.lookup.interval.min=9 s; source.a.lookup.retry.max.attempts=1; source.b.lookup.timeout=""");

        SourceSettings a = configuration.sources().get(1);
        assertThat(a.limits().budget()).isEqualTo(2.5);
        assertThat(a.limits().maxConcurrent()).isEqualTo(5);
        assertThat(a.limits().intervalMin()).isEqualTo(Duration.ofSeconds(9));
        assertThat(a.emr().attemptTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(a.emr().maxConnections()).isEqualTo(5 + 2 * SweepLimits.MOST_AT_ONCE);
        assertThat(a.retry().maxAttempts()).isEqualTo(1);
        assertThat(a.retry().backoff()).isEqualTo(Duration.ofSeconds(1));
        SourceSettings b = configuration.sources().get(2);
        assertThat(b.limits()).isEqualTo(configuration.defaultSource().limits());
        assertThat(b.emr().attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldLetASourceSweepAndDiscoverInItsOwnWay() {
        Configuration configuration = load("""
                budget.list-sessions=0.5; budget.list-applications=0; sweep.complete.interval=20 min; discover=00a, 00b
                discover.created.by=*:role/notebooks
                sources=a,b; source.a.region=eu-west-1; source.b.region=eu-west-2
                source.a.budget.list-sessions=2; source.a.budget.list-applications=0.1; source.a.discover.interval=1 h
                source.a.sweep.complete.interval=1 h; source.a.sweep.refused.pause=1 min
                source.a.discover=all; source.a.discover.exclude=00c, 00d; source.a.discover.created.by=arn:aws:iam::1:user/a,*b""");

        SourceSettings a = configuration.sources().get(1);
        assertThat(a.sweeps())
                .isEqualTo(new SweepLimits(2, 0.1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1)));
        assertThat(a.discovery())
                .isEqualTo(new Discovery(true, Set.of(), Set.of("00c", "00d"), List.of("arn:aws:iam::1:user/a", "*b")));
        SourceSettings b = configuration.sources().get(2);
        assertThat(b.sweeps()).isEqualTo(configuration.defaultSource().sweeps());
        assertThat(b.discovery())
                .isEqualTo(configuration.defaultSource().discovery())
                .isEqualTo(new Discovery(false, Set.of("00a", "00b"), Set.of(), List.of("*:role/notebooks")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SESSION_EVENTS_SOURCE_PROD_EU_REGION             | eu-west-1      | source.prod-eu.region",
                "SESSION_EVENTS_SOURCE_PROD_EU_ROLE_ARN           | x              | source.prod-eu.role.arn",
                "SESSION_EVENTS_SOURCE_PROD_EU_STS_ENDPOINT_URL   | http://h       | source.prod-eu.sts.endpoint.url",
                "SESSION_EVENTS_SOURCE_PROD_EU_BUDGET_GET_SESSION | 3              | source.prod-eu.budget.get-session",
                "SESSION_EVENTS_SOURCE_A_B_BUDGET_LIST_SESSIONS   | 3              | source.a-b.budget.list-sessions",
                "SESSION_EVENTS_SOURCE_A_B_DISCOVER               | all            | source.a-b.discover",
                "SESSION_EVENTS_SOURCE_A_B_DISCOVER_CREATED_BY    | *              | source.a-b.discover.created.by",
                "SESSION_EVENTS_BUDGET_LIST_APPLICATIONS          | 3              | budget.list-applications",
                "SESSION_EVENTS_SOURCE_A__B_PROFILE               | x              | source.a--b.profile",
                "SESSION_EVENTS_SOURCES                           | a              | sources"
            })
    void shouldFindTheKeyThatAVariableMeans(String variable, String value, String key) {
        var loader = loader("").withEnvironment(Map.of(variable, value));

        assertThat(loader.values()).containsKey(key);
    }

    /** The whole message but its end counts: what is wrong, where it was said, what was expected. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sources=a,;source.a.region=eu-west-1 | sources (flag -X sources) holds an empty name, expected names separated by single commas",
                "sources=,                    | sources (flag -X sources) holds an empty name",
                "sources=Prod                 | sources (flag -X sources) names \"Prod\", expected 1 to 32 characters of a-z, 0-9 and -",
                "sources=arn                  | sources (flag -X sources) names \"arn\", expected",
                "sources=a.b                  | sources (flag -X sources) names \"a.b\", expected",
                "sources=a_b                  | sources (flag -X sources) names \"a_b\", expected",
                "sources=a b                  | sources (flag -X sources) names \"a\\u0020b\", expected",
                "sources=default              | sources (flag -X sources) names default, expected the others only: aws.* configures default",
                "sources=abcdefghijklmnopqrstuvwxyz-123456 | sources (flag -X sources) names \"abcdefghijklmnopqrstuvwxyz-123456\", expected 1 to 32",
                "sources=a,a;source.a.region=eu-west-1 | sources (flag -X sources) names a twice, expected each source once",
                "sources=a                    | Missing source.a.region, expected the name of an AWS Region like us-east-1; set it in the file, as SESSION_EVENTS_SOURCE_A_REGION or with -X source.a.region=…",
                "source.a.region=eu-west-1    | source.a.region (flag -X source.a.region) is of source \"a\", which sources does not name: add it to sources, or remove the key",
                "sources=b;source.b.region=eu-west-1;source.a.profile=x | source.a.profile (flag -X source.a.profile) is of source \"a\", which sources does not name, but b: add",
                "source.default.region=eu-west-1 | source.default.region (flag -X source.default.region) is of the source default, which aws.* and the general keys configure",
                "source..region=eu-west-1     | source..region (flag -X source..region) is of source \"\", which sources does not name",
                "source.a.regoin=x            | Unknown key source.a.regoin (flag -X source.a.regoin), did you mean source.a.region?",
                "source.a.input.topic=x       | Unknown key source.a.input.topic (flag -X source.a.input.topic), did you mean",
                "source.region=x              | Unknown key source.region (flag -X source.region), did you mean",
                "sorce.prod.role.arn=x        | Unknown key sorce.prod.role.arn (flag -X sorce.prod.role.arn), did you mean source.prod.role.arn?",
                "sources=a;source.a.region=eu-cental-1 | source.a.region is \"eu-cental-1\", expected an AWS Region such as eu-central-1; one that is newer than this version needs source.a.endpoint.url too",
                "aws.region=us-esat-1         | aws.region is \"us-esat-1\", expected an AWS Region such as us-east-1",
                "aws.region=aws-global        | aws.region is \"aws-global\", expected an AWS Region such as",
                "aws.region=us east           | aws.region is \"us east\" (flag -X aws.region), expected the name of an AWS Region like us-east-1",
                "aws.role.arn=reader          | aws.role.arn is \"reader\" (flag -X aws.role.arn), expected a role ARN such as arn:aws:iam::",
                "aws.role.arn=arn:aws:iam::1:role/x | aws.role.arn is",
                "aws.role.arn=arn:aws:iam::111111111111:user/x | aws.role.arn is",
                "aws.role.arn=arn:aws:sts::111111111111:assumed-role/x/y | aws.role.arn is",
                "aws.role.arn=arn:aws:iam::111111111111:role/x;aws.external.id=x y | aws.external.id is \"x y\"",
                "aws.external.id=x1           | aws.external.id is set without aws.role.arn, expected both",
                "aws.role.arn=arn:aws:iam::111111111111:role/x;aws.account.id=222222222222 | aws.role.arn is of account 111111111111, but aws.account.id is 222222222222, expected the same",
                "aws.region=eu-west-1;aws.role.arn=arn:aws-cn:iam::111111111111:role/x | aws.role.arn is of partition aws-cn, but aws.region eu-west-1 is in aws, expected arn:aws:iam::111111111111:role/…",
                "aws.region=cn-north-1;aws.role.arn=arn:aws:iam::111111111111:role/x | aws.role.arn is of partition aws, but aws.region cn-north-1 is in aws-cn",
                "sources=a;source.a.region=eu-west-1;source.a.budget.get-session=lots | source.a.budget.get-session is \"lots\" (flag -X source.a.budget.get-session), expected a number",
                "sources=a;source.a.region=eu-west-1;source.a.lookup.retry.backoff=1 min | source.a.lookup.retry.backoff 1 min is longer than lookup.retry.backoff.max 10 s",
                "discover=all;budget.list-applications=0 | discover is \"all\", but budget.list-applications is 0, expected more than 0: raise it, or set discover=none",
                "discover=00f1app, 00f2app;budget.list-sessions=0.0 | discover is \"00f1app, 00f2app\", but budget.list-sessions is 0.0, expected more than 0: raise it, or set discover=none",
                "budget.list-sessions=0;sources=a;source.a.region=eu-west-1;source.a.discover=all | source.a.discover is \"all\", but budget.list-sessions is 0, expected more than 0: raise it, or set source.a.discover=none",
                "discover=all;sources=a;source.a.region=eu-west-1;source.a.budget.list-applications=0 | discover is \"all\", but source.a.budget.list-applications is 0, expected more than 0: raise it, or set discover=none",
                "sources=a;source.a.region=eu-west-1;source.a.discover=ALL | source.a.discover is \"ALL\" (flag -X source.a.discover), expected none, all, or application ids of 1 to 64 characters of 0-9 and a-z, separated by commas",
                "sources=a,b;source.a.region=eu-west-1;source.a.account.id=111111111111;source.b.region=eu-west-1;source.b.role.arn=arn:aws:iam::111111111111:role/x | The sources a, b are all account 111111111111 in eu-west-1, expected one source for each account and Region, because AWS counts their calls together: remove b from sources, or set source.b.account.id or source.b.region right",
                "aws.region=eu-west-1;aws.account.id=111111111111;sources=a;source.a.region=eu-west-1;source.a.account.id=111111111111 | The sources default, a are all account"
            })
    void shouldSayWhatIsWrongAndWhatWasExpected(String flags, String problem) {
        assertThat(problems(flags.replace(';', '\n')))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void shouldTellAllThatIsWrongWithTheSourcesAtOnce() {
        assertThat(problems("""
                sources=Prod,a,b,b
                source.a.role.arn=nonsense; source.b.region=eu-wset-1; source.c.region=eu-west-1
                source.b.external.id=abc; lookup.timeout=soon""")).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeARegionThatIsNewerThanThisVersionWithItsEndpoint() {
        assertThat(load("aws.region=eu-moon-1; aws.endpoint.url=https://emr-serverless.eu-moon-1.amazonaws.com")
                        .defaultSource()
                        .emr()
                        .region())
                .isEqualTo("eu-moon-1");
    }

    @Test
    void shouldTakeTwoSourcesOfOneAccountInTwoRegionsAndOfTwoAccountsInOne() {
        assertThat(load("""
                        sources=a,b,c; source.a.region=eu-west-1; source.b.region=eu-west-2; source.c.region=eu-west-1
                        source.a.account.id=111111111111; source.b.account.id=111111111111
                        source.c.account.id=222222222222""").sources()).hasSize(4);
    }

    @Test
    void shouldNameTheLineOfAKeyInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.properties"), "sources=a\nsource.a.region=eu west\n");

        assertThat(problems(Configuration.loader().withFlags(REQUIRED).withFile(file)))
                .singleElement()
                .asString()
                .startsWith("source.a.region is \"eu west\" (file " + file + " line 2), expected");
    }

    private static final Map<String, String> REQUIRED =
            Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081");

    private static Configuration load(String flags) {
        return loader(flags).load();
    }

    private static List<String> problems(String flags) {
        return problems(loader(flags));
    }

    private static List<String> problems(ConfigurationLoader<Configuration> loader) {
        return catchThrowableOfType(ConfigurationException.class, loader::load).problems();
    }

    /** Flags, one per line or separated by semicolons. */
    private static ConfigurationLoader<Configuration> loader(String flags) {
        Map<String, String> all = new LinkedHashMap<>();
        Arrays.stream(flags.split("[;\n]", -1))
                .map(String::strip)
                .filter(flag -> !flag.isEmpty())
                .forEach(flag -> {
                    int equals = flag.indexOf('=');
                    all.put(flag.substring(0, equals), flag.substring(equals + 1));
                });
        return Configuration.loader().withFlags(REQUIRED).withFlags(all);
    }
}
