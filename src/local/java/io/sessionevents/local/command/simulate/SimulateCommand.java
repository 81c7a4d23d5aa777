package io.sessionevents.local.command.simulate;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulated endpoint with sessions that live, end and are replaced, and that are published as they begin. */
@Command(
        name = "simulate",
        description = {
            "Simulates EMR Serverless: keeps a number of sessions alive, and publishes each as it begins.",
            "Answers GetSession, ListSessions and ListApplications. Prints what it publishes. Let the service find it by"
                    + " aws.endpoint.url."
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final long TICK_MILLIS = 500;

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--host", description = "Address to listen on; default ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Port of the endpoint; default ${DEFAULT-VALUE}.")
    private int port = 8088;

    @Option(names = "--sessions", description = "Sessions that live at the same time; default ${DEFAULT-VALUE}.")
    private int sessions = 20;

    @Option(
            names = "--speed",
            description =
                    "How many times faster than in AWS they live (a life there is ten minutes); default ${DEFAULT-VALUE}.")
    private double speed = 10;

    @Option(names = "--rate", description = "Calls per second above which it throttles; default ${DEFAULT-VALUE}.")
    private double rate = 10;

    @Option(names = "--seed", description = "Of everything that is drawn; default ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(names = "--bootstrap-servers", description = "Brokers to publish to; default ${DEFAULT-VALUE}.")
    private String bootstrapServers = "localhost:9092";

    @Option(names = "--topic", description = "Topic to publish to; default ${DEFAULT-VALUE}.")
    private String topic = "session-ids";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Registry with a path in its URL that is to be offered without one, at --registry-port.")
    private @Nullable URI registry;

    @Option(names = "--registry-port", description = "Port for --registry; default ${DEFAULT-VALUE}.")
    private int registryPort = 8081;

    public SimulateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        check(sessions >= 1 && sessions <= 10_000, "--sessions is " + sessions + ", expected 1 to 10000");
        check(speed >= 1 && speed <= 1_000, "--speed is " + speed + ", expected 1 to 1000");
        check(rate > 0 && rate <= 10_000, "--rate is " + rate + ", expected more than 0 and at most 10000");
        check(port >= 0 && port <= 65_535, "--port is " + port + ", expected 0 to 65535");
        check(
                registryPort >= 0 && registryPort <= 65_535,
                "--registry-port is " + registryPort + ", expected 0 to 65535");
        var options = new SimulatedEmrServerless.Options(rate, (int) Math.ceil(rate), LATENCY, Faults.NONE);
        try (var _ = registry == null
                        ? null
                        : RegistryAlias.start(new InetSocketAddress(host, registryPort), registry);
                var emr = SimulatedEmrServerless.start(context.clock(), options, new InetSocketAddress(host, port));
                var publisher = new IdPublisher(
                        bootstrapServers, topic, requireNonNull(spec).commandLine())) {
            live(new LivingSessions(emr, publisher, context.clock(), new LivingSessions.Plan(sessions, speed, seed)));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "Port " + port + " of " + host + " cannot be had: " + e.getMessage() + ". Choose another --port.",
                    e);
        }
        return 0;
    }

    private void live(LivingSessions living) throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        context.interrupts().onInterrupt(interrupted::countDown);
        do {
            living.tick();
        } while (!interrupted.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(requireNonNull(spec).commandLine(), message);
        }
    }
}
