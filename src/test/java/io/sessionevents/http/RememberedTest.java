package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private final AtomicInteger asked = new AtomicInteger();
    private Instant now = NOON;
    private final Remembered<Integer> remembered = new Remembered<>(() -> now, Duration.ofSeconds(2), 2);

    @Test
    void shouldAskAgainOnlyAfterSomeTime() throws InterruptedException {
        assertThat(get("a")).isEqualTo(1);
        now = NOON.plusMillis(1999);
        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(2);
        now = NOON.plusSeconds(2);
        assertThat(get("a")).isEqualTo(3);
    }

    @Test
    void shouldNotBelieveAClockThatWasSetBack() throws InterruptedException {
        assertThat(get("a")).isEqualTo(1);
        now = NOON.minusSeconds(3600);
        assertThat(get("a")).isEqualTo(2);
    }

    @Test
    void shouldForgetWhatWasAskedForTheLongestAgo() throws InterruptedException {
        get("a");
        get("b");
        get("a");
        get("c");

        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(4);
    }

    @Test
    void shouldNotRememberAFailure() throws InterruptedException {
        assertThatThrownBy(() -> remembered.get("a", at -> {
                    throw new BadRequestException("no");
                }))
                .isInstanceOf(BadRequestException.class);
        assertThat(get("a")).isEqualTo(1);
    }

    @Test
    void shouldAskOnceForAHundredWhoAskAtOnce() throws InterruptedException, ExecutionException {
        var begin = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            Callable<Integer> question = () -> {
                begin.await();
                return get("a");
            };
            for (int i = 0; i < 100; i++) {
                answers.add(executor.submit(question));
            }
            begin.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
    }

    private int get(String name) throws InterruptedException {
        return remembered.get(name, at -> asked.incrementAndGet());
    }
}
