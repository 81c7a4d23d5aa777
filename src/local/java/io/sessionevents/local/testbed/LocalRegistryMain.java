package io.sessionevents.local.testbed;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A schema registry in a process of its own: {@code PORT}. SIGTERM ends it. */
final class LocalRegistryMain {
    private LocalRegistryMain() {}

    public static void main(String... args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        try (var _ = LocalRegistry.start(new LocalRegistry.Options(port, "", null, null, false))) {
            new CountDownLatch(1).await();
        }
    }
}
