package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** In virtual time; renewals happen at once, in the thread that finds them due. */
class RenewedCredentialsTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Numbered issuer = new Numbered();
    private final RenewedCredentials credentials = new RenewedCredentials("prod", issuer, nanos::get, Runnable::run);

    @Test
    void shouldFetchOnceForAllWhoWait() throws InterruptedException, ExecutionException {
        List<Future<String>> all;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            all = IntStream.range(0, 64)
                    .mapToObj(_ -> executor.submit(
                            () -> credentials.resolveCredentials().accessKeyId()))
                    .toList();
        }

        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo("key-1");
        }
    }

    @Test
    void shouldNeverServeCredentialsThatHaveEnded() {
        issuer.life = Duration.ofSeconds(20);

        for (int lookup = 0; lookup < 300; lookup++) {
            String key = credentials.resolveCredentials().accessKeyId();
            assertThat(nanos.get() - issuer.issuedAt(key)).isLessThan(issuer.life.toNanos());
            pass(Duration.ofSeconds(2));
        }

        assertThat(issuer.issued).as("every ten seconds of ten minutes").hasSizeBetween(50, 61);
    }

    @Test
    void shouldServeTheOldOnesWhileRenewalsFailAndTryOnceAPause() {
        issuer.life = Duration.ofHours(1);
        var _ = credentials.resolveCredentials();
        issuer.trouble = "STS is down";
        pass(Duration.ofMinutes(30));

        for (int second = 0; second < 29 * 60; second++) {
            assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-1");
            pass(Duration.ofSeconds(1));
        }
        assertThat(issuer.asked - 1).as("once a minute").isBetween(28, 30);

        issuer.trouble = null;
        pass(Duration.ofSeconds(30));
        var _ = credentials.resolveCredentials();
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-2");
    }

    @Test
    void shouldSayWhyThereAreNoneAndAskAgainAfterASecond() {
        issuer.trouble = "refused";
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(credentials::resolveCredentials)
                    .isInstanceOf(CredentialsUnavailableException.class)
                    .hasMessage("refused");
        }
        assertThat(issuer.asked).isEqualTo(1);

        issuer.trouble = null;
        pass(Duration.ofSeconds(1));
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-1");
    }

    /** Its sessions were revoked, or the role was made anew. */
    @Test
    void shouldFetchOthersWhenAwsRefusesTheseButNotForEachRefusal() {
        issuer.life = Duration.ofHours(1);
        var _ = credentials.resolveCredentials();

        for (int second = 0; second < 59; second++) {
            credentials.refused();
            pass(Duration.ofSeconds(1));
            var _ = credentials.resolveCredentials();
        }
        assertThat(issuer.asked).isEqualTo(2);
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-2");

        pass(Duration.ofSeconds(2));
        credentials.refused();
        var _ = credentials.resolveCredentials();
        assertThat(issuer.asked).isEqualTo(3);
    }

    /** Its sessions were revoked, or one application of many is denied for good. */
    @Test
    void shouldFetchOthersWhenAwsDeniesACallButSeldom() {
        issuer.life = Duration.ofHours(1);
        var _ = credentials.resolveCredentials();

        credentials.denied();
        var _ = credentials.resolveCredentials();
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-2");

        for (int second = 0; second < 3600; second++) {
            credentials.denied();
            pass(Duration.ofSeconds(1));
            var _ = credentials.resolveCredentials();
        }
        assertThat(issuer.asked - 2).as("once in five minutes").isBetween(11, 12);
    }

    @Test
    void shouldNotTakeADenialForARefusal() {
        issuer.life = Duration.ofHours(1);
        var _ = credentials.resolveCredentials();
        credentials.denied();
        var _ = credentials.resolveCredentials();

        credentials.refused();
        var _ = credentials.resolveCredentials();

        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-3");
    }

    @Test
    void shouldFetchAnewWhenTheyEndedUnused() {
        var _ = credentials.resolveCredentials();
        pass(Duration.ofDays(1));

        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key-2");
    }

    @Test
    void shouldCloseTheIssuerAndRenewNoMore() {
        var _ = credentials.resolveCredentials();
        credentials.close();
        pass(Duration.ofMinutes(31));
        var _ = credentials.resolveCredentials();

        assertThat(issuer.closed).isTrue();
        assertThat(issuer.asked).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private final class Numbered implements RenewedCredentials.Issuer {
        private final List<Long> issued = new ArrayList<>();
        private Duration life = Duration.ofHours(1);
        private @Nullable String trouble;
        private int asked;
        private boolean closed;

        @Override
        public RenewedCredentials.Issued issue() {
            asked++;
            if (trouble != null) {
                throw CredentialsUnavailableException.ofRole(trouble, new IllegalStateException());
            }
            issued.add(nanos.get());
            return new RenewedCredentials.Issued(AwsBasicCredentials.create("key-" + issued.size(), "secret"), life);
        }

        long issuedAt(String key) {
            return issued.get(Integer.parseInt(key.substring("key-".length())) - 1);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
