package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.KafkaCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** What can happen around the service: to brokers, to the registry, to AWS. */
public final class SurroundingFaults {
    private SurroundingFaults() {}

    /** Nothing at all, to compare with. */
    public static final class Nothing implements Injector {
        @Override
        public Instant strike(Testbed world) {
            return Instant.now();
        }

        @Override
        public boolean disturbs() {
            return false;
        }
    }

    /** One broker is stopped or killed, and started again when events flow. */
    public static final class BrokerGone implements Injector {
        private final boolean kill;
        private int victim;

        public BrokerGone(boolean kill) {
            this.kill = kill;
        }

        @Override
        public Instant strike(Testbed world) throws Exception {
            KafkaCluster cluster = world.cluster();
            victim = 1 + world.random().nextInt(KafkaCluster.NODES);
            Instant now = Instant.now();
            if (kill) {
                cluster.kill(victim);
            } else {
                cluster.stop(victim);
            }
            if (cluster.runs(victim)) {
                throw new IllegalStateException("broker " + victim + " still runs");
            }
            return now;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            world.cluster().restart(victim);
            world.cluster().awaitInSync();
        }
    }

    /** All brokers are killed, and come back after that time. The recovery counts from when all of them answer again. */
    public record AllBrokersGone(Duration time) implements Injector {
        @Override
        public Instant strike(Testbed world) throws Exception {
            KafkaCluster cluster = world.cluster();
            for (int node = 1; node <= KafkaCluster.NODES; node++) {
                cluster.kill(node);
            }
            Poll.pause(time);
            if (cluster.brokers() > 0) {
                throw new IllegalStateException("a broker answers");
            }
            for (int node = 1; node <= KafkaCluster.NODES; node++) {
                cluster.restart(node);
            }
            Poll.await("all brokers back", () -> cluster.brokers() == KafkaCluster.NODES);
            return Instant.now();
        }

        @Override
        public void heal(Testbed world) throws Exception {
            world.cluster().awaitInSync();
        }
    }

    /** The registry does not answer for that time; events go on meanwhile. */
    public record NoRegistry(Duration time) implements Injector {
        @Override
        public Instant strike(Testbed world) throws Exception {
            Instant now = Instant.now();
            world.environment().registry().stop();
            if (answers(world)) {
                throw new IllegalStateException("the registry answers");
            }
            return now;
        }

        @Override
        public void heal(Testbed world) throws Exception {
            Poll.pause(time);
            world.environment().registry().start();
        }

        @Override
        public boolean disturbs() {
            return false;
        }

        private static boolean answers(Testbed world) throws InterruptedException {
            var subjects = URI.create(world.environment().registry().url() + "/subjects");
            try (HttpClient http = HttpClient.newHttpClient()) {
                http.send(HttpRequest.newBuilder(subjects).build(), HttpResponse.BodyHandlers.discarding());
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Until so many calls more have had no answer at all, and some have taken 12 s and 60 s. */
    public record SlowCalls(int endless) implements Injector {
        @Override
        public Instant strike(Testbed world) throws Exception {
            SimulatedEmrServerless emr = world.environment().emr();
            long before = emr.requests(Fault.SILENCE);
            emr.behave(Faults.drawn(
                    world.random(),
                    0.04,
                    Fault.SILENCE,
                    Fault.SILENCE,
                    Fault.TWELVE_SECONDS_LATE,
                    Fault.A_MINUTE_LATE));
            Poll.await(
                    "slow calls",
                    () -> emr.requests(Fault.SILENCE),
                    () -> emr.requests(Fault.SILENCE) - before >= endless
                            && emr.requests(Fault.TWELVE_SECONDS_LATE) > 0
                            && emr.requests(Fault.A_MINUTE_LATE) > 0);
            emr.behave(Faults.NONE);
            return Instant.now();
        }

        @Override
        public boolean disturbs() {
            return false;
        }

        @Override
        public int faultsPerStrike() {
            return endless;
        }
    }
}
