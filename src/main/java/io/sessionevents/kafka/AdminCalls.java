package io.sessionevents.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;

/** How Kafka is asked: for ten seconds at most. */
public final class AdminCalls {
    /** How long an answer is waited for. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private AdminCalls() {}

    public static Map<String, Object> bounded(Map<String, Object> settings) {
        Map<String, Object> bounded = new HashMap<>(settings);
        bounded.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        bounded.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
        return bounded;
    }

    public static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }
}
