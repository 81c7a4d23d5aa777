package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OwnCredentials.class)
class SourceDirectoryTest {
    static final SweepLimits SWEEPS =
            new SweepLimits(1, 1, Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15));

    private static final URI PRIVATE = URI.create("http://127.0.0.1:1");

    private final FakeSts sts = new FakeSts();
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void stop() {
        sts.close();
    }

    @Test
    void shouldAskStsForTheAccountsThatAreNotSaid() throws InterruptedException {
        Sources sources = SourceDirectory.ask(
                List.of(source("default", null, sts.uri()), source("said", "222222222222", sts.uri())), warnings::add);

        assertThat(sources.all())
                .containsExactly(
                        new Source("default", "eu-west-1", "111111111111"),
                        new Source("said", "eu-west-1", "222222222222"));
        assertThat(sts.requests("GetCallerIdentity")).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldNotAskPublicStsBesideAPrivateEndpoint() throws InterruptedException {
        Sources sources = SourceDirectory.ask(List.of(source("default", null, null)), warnings::add);

        assertThat(sources.all()).containsExactly(new Source("default", "eu-west-1", null));
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"403 | AccessDenied", "500 | InternalFailure", "400 | Throttling", "200 | Nonsense"})
    void shouldWarnOnceAndLeaveItOpenWhereStsDoesNotTell(int status, String code) throws InterruptedException {
        sts.answers(status, FakeSts.error(code, "because"));

        Sources sources = SourceDirectory.ask(List.of(source("prod", null, sts.uri())), warnings::add);

        assertThat(sources.all()).containsExactly(new Source("prod", "eu-west-1", null));
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The account of the source prod is not known: STS ")
                .contains("set source.prod.account.id");
    }

    @Test
    void shouldNotTakeAnAccountThatIsNone() throws InterruptedException {
        sts.account("not-an-account");

        assertThat(SourceDirectory.ask(List.of(source("prod", null, sts.uri())), warnings::add)
                        .all()
                        .getFirst()
                        .account())
                .isNull();
        assertThat(warnings).singleElement().asString().contains("STS names no account");
    }

    @Test
    void shouldFindSourcesOfTheSameAccountAndRegion() {
        var one = new Source("default", "eu-west-1", "111111111111");
        var same = new Source("b", "eu-west-1", "111111111111");
        var elsewhere = new Source("c", "eu-west-2", "111111111111");
        var unknown = new Source("d", "eu-west-1", null);

        assertThat(SourceDirectory.twins(new Sources(List.of(one, elsewhere, unknown))))
                .isEmpty();
        assertThat(SourceDirectory.twins(new Sources(List.of(one, elsewhere, same))))
                .singleElement()
                .asString()
                .startsWith("The sources default, b are all account 111111111111 in eu-west-1");
    }

    private static SourceSettings source(String name, @Nullable String account, @Nullable URI sts) {
        return new SourceSettings(
                new EmrSettings(name, "eu-west-1", null, null, PRIVATE, sts, Proxies.NONE, Duration.ofSeconds(10), 1),
                account,
                new LookupLimits(1, 1, 1),
                new RetrySettings(1, Duration.ZERO, Duration.ZERO),
                SWEEPS,
                Discovery.NONE);
    }
}
