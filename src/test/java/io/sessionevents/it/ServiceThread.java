package io.sessionevents.it;

import io.sessionevents.ServiceRun;
import io.sessionevents.local.Poll;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One instance as the command {@code run} runs it, on a thread of this process.
 *
 * @param url where it is reached; its port must be configured
 */
record ServiceThread(URI url, Thread thread, AtomicReference<Runnable> stop) {
    static ServiceThread start(String name, Configuration configuration) {
        var stop = new AtomicReference<Runnable>(() -> {});
        Thread thread = Thread.ofPlatform().name(name).start(() -> run(configuration, stop));
        return new ServiceThread(
                URI.create("http://127.0.0.1:" + configuration.http().port()), thread, stop);
    }

    private static void run(Configuration configuration, AtomicReference<Runnable> stop) {
        try {
            new ServiceRun().run(configuration, stop::set);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return url.getAuthority();
    }

    void end() throws InterruptedException {
        stop.get().run();
        thread.join(Poll.STANDSTILL);
    }
}
