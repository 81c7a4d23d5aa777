package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.scenario.workload.ForeignPublisher;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Kinds of trouble: at AWS, before AWS, and at the registry. */
public final class Troubles {
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private Troubles() {}

    /** All calls are throttled for 30 s, half of them for 30 s, then none. */
    public record Throttling(long seed) implements Trouble {
        private static final Duration EACH = Duration.ofSeconds(30);

        @Override
        public Instant happen(OneInstance world) throws InterruptedException {
            Instant storm = Instant.now();
            world.environment().emr().behave(Faults.always(Fault.THROTTLED));
            Poll.pause(EACH);
            world.environment().emr().behave(Faults.drawn(new Random(seed), 0.5, Fault.THROTTLED));
            Poll.pause(EACH);
            return storm;
        }

        @Override
        public void end(OneInstance world) {
            world.environment().emr().behave(Faults.NONE);
        }

        @Override
        public Duration aftermath(OneInstance world) {
            return Duration.ofSeconds(80);
        }
    }

    /** AWS is not there for a minute. */
    public record Gone(Fault how) implements Trouble {
        @Override
        public Instant happen(OneInstance world) throws InterruptedException {
            Instant gone = Instant.now();
            world.environment().emr().behave(Faults.always(how));
            Poll.pause(OUTAGE);
            return gone;
        }

        @Override
        public void end(OneInstance world) {
            world.environment().emr().behave(Faults.NONE);
        }
    }

    /** A proxy answers 404, 403, 407 and 502 with a page in AWS's place. */
    public record Proxy(Duration time, long seed) implements Trouble {
        @Override
        public Instant happen(OneInstance world) throws InterruptedException {
            Instant begin = Instant.now();
            world.environment().emr().behave(Faults.proxy(new Random(seed)));
            Poll.pause(time);
            return begin;
        }

        @Override
        public void end(OneInstance world) {
            world.environment().emr().behave(Faults.NONE);
        }

        @Override
        public Duration aftermath(OneInstance world) {
            return world.interval();
        }
    }

    /** No registry for a minute, while ids come in under a schema that the service has not seen. */
    public static final class NoRegistry implements Trouble {
        private static final int WAITING = 20;

        private List<SessionKey> waiting = List.of();

        @Override
        public Instant happen(OneInstance world) throws IOException, InterruptedException {
            try (var foreign = ForeignPublisher.registered(world.environment())) {
                world.environment().registry().stop();
                Instant gone = Instant.now();
                waiting = world.workload().unpublished(WAITING);
                waiting.forEach(foreign::publish);
                Poll.pause(OUTAGE);
                return gone;
            }
        }

        @Override
        public void end(OneInstance world) throws IOException {
            world.environment().registry().start();
            Instant back = Instant.now();
            waiting.forEach(key -> world.workload().observableSince(key, back));
        }

        /** The sessions whose ids came in meanwhile. */
        List<SessionKey> waiting() {
            return waiting;
        }
    }
}
