package io.sessionevents.emr;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that end, renewed in time: when half of their life is over, a thread fetches the next ones, and the old ones serve
 * until a tenth of their life, ten seconds at most, is left. So a renewal may fail for half an hour before a lookup notices, and
 * credentials that live for 20 s leave 8 s for it. The SDK's own provider takes fixed times before the end instead: its default of
 * one minute would fetch credentials that live for 20 s anew for every call, and a few seconds would let those that live for an hour end
 * in the first outage of STS.
 *
 * <p>Those that AWS refuses before their time, because the role was made anew, are renewed too, and those with which it denies a call:
 * IAM revokes the sessions of a role by a policy that denies everything to older ones, and AWS answers them as it does where a permission
 * is missing. The first denial renews at once, further ones not for a quarter of their life, five minutes at most: an application that
 * is denied for good costs STS twelve calls an hour.
 *
 * <p>Who comes when there are none waits for one fetch, whoever makes it, and one that failed is not repeated within a second. Used by
 * many threads.
 */
final class RenewedCredentials implements SourceCredentials.Closeable {
    private static final Logger log = LoggerFactory.getLogger(RenewedCredentials.class);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String source;
    private final Issuer issuer;
    private final LongSupplier nanos;
    private final Executor background;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held held;
    private volatile boolean closed;

    /** Guarded by {@link #fetching}. */
    private @Nullable Failure failure;

    private final News refusals = new News();
    private final News denials = new News();

    /** Gives credentials; closed with what uses it. */
    interface Issuer extends SdkAutoCloseable {
        /** @throws RuntimeException if there are none; {@link CredentialsUnavailableException} says why */
        Issued issue();
    }

    /**
     * Credentials that were given.
     *
     * @param life from the moment that they were given
     */
    record Issued(AwsCredentials credentials, Duration life) {}

    /** Times are those of {@link #nanos}. */
    private record Held(AwsCredentials credentials, long renewal, long end, long pause) {
        boolean over(long now) {
            return now - end >= 0;
        }

        boolean due(long now) {
            return now - renewal >= 0;
        }

        Held notBefore(long time) {
            return new Held(credentials, time, end, pause);
        }
    }

    private record Failure(CredentialsUnavailableException why, long until) {}

    /** What AWS says of credentials: said again soon, it is nothing new. Guarded by {@link #fetching}. */
    private static final class News {
        private @Nullable Long until;

        boolean take(long time, long pause) {
            if (until != null && time - until < 0) {
                return false;
            }
            until = time + pause;
            return true;
        }
    }

    /**
     * Credentials that are fetched at their first use.
     *
     * @param source for the log
     * @param issuer closed with it
     */
    RenewedCredentials(String source, Issuer issuer, LongSupplier nanos) {
        this(
                source,
                issuer,
                nanos,
                renewal -> Thread.ofVirtual().name("renew-credentials").start(renewal));
    }

    RenewedCredentials(String source, Issuer issuer, LongSupplier nanos, Executor background) {
        this.source = source;
        this.issuer = issuer;
        this.nanos = nanos;
        this.background = background;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Held now = held;
        long time = nanos.getAsLong();
        if (now == null || now.over(time)) {
            return awaited();
        }
        if (now.due(time)) {
            renew();
        }
        return now.credentials();
    }

    /** Those of whoever fetches first. */
    private AwsCredentials awaited() {
        try {
            fetching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for credentials", e);
        }
        try {
            Held now = held;
            long time = nanos.getAsLong();
            if (now != null && !now.over(time)) {
                return now.credentials();
            }
            if (failure != null && failure.until() - time > 0) {
                throw failure.why().again();
            }
            return fetch().credentials();
        } finally {
            fetching.unlock();
        }
    }

    /** Needs {@link #fetching}. */
    private Held fetch() {
        long asked = nanos.getAsLong();
        try {
            Issued issued = issuer.issue();
            Held next = held(issued, asked);
            if (failure != null) {
                log.atInfo().addKeyValue("source", source).log("Credentials of the role are there again");
            }
            failure = null;
            held = next;
            return next;
        } catch (CredentialsUnavailableException e) {
            if (failure == null) {
                log.atWarn().addKeyValue("source", source).log("{}", e.getMessage());
            }
            failure = new Failure(e, nanos.getAsLong() + SHORTEST_PAUSE.toNanos());
            throw e;
        }
    }

    private static Held held(Issued issued, long asked) {
        Duration margin = atMost(issued.life().dividedBy(10), LONGEST_MARGIN);
        Duration pause = atMost(issued.life().dividedBy(20), LONGEST_PAUSE);
        return new Held(
                issued.credentials(),
                asked + issued.life().dividedBy(2).toNanos(),
                asked + issued.life().minus(margin).toNanos(),
                pause.toNanos());
    }

    private static Duration atMost(Duration one, Duration most) {
        return one.compareTo(most) < 0 ? one : most;
    }

    @Override
    public void refused() {
        renewAfter(refusals, 1);
    }

    @Override
    public void denied() {
        renewAfter(denials, 5);
    }

    /** With the next call; further news of that kind are none for so many pauses. */
    private void renewAfter(News news, int pauses) {
        if (!fetching.tryLock()) {
            return;
        }
        try {
            Held now = held;
            long time = nanos.getAsLong();
            if (now != null && news.take(time, pauses * now.pause())) {
                held = now.notBefore(time);
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Begins it and returns at once; does nothing if one is under way. */
    private void renew() {
        if (closed || !fetching.tryLock()) {
            return;
        }
        try {
            Held now = held;
            if (now != null && now.due(nanos.getAsLong())) {
                // Nobody else begins one meanwhile, and one that fails is tried again after the pause.
                held = now.notBefore(nanos.getAsLong() + now.pause());
                background.execute(this::renewed);
            }
        } finally {
            fetching.unlock();
        }
    }

    private void renewed() {
        fetching.lock();
        try {
            if (!closed) {
                fetch();
            }
        } catch (CredentialsUnavailableException e) {
            log.atDebug().setCause(e).log("Not renewed, the old credentials go on");
        } catch (RuntimeException e) {
            if (!closed) {
                log.atWarn().addKeyValue("source", source).setCause(e).log("Credentials of the role were not renewed");
            }
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        issuer.close();
    }
}
