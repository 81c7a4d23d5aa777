package io.sessionevents.local.command.campaign;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.simulator.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Long runs that put the guarantees to the test; each ends with the lines of a result table. */
@Command(
        name = "campaign",
        description = "Puts the guarantees to the test in long runs on the embedded broker; see docs/evidence.md.")
public final class CampaignCommand implements Callable<Integer> {
    private static final int SWEEPS = 20;
    private static final int LIES = 10;
    private static final int KILLS = 5;

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "WHAT", arity = "0..*", description = "${COMPLETION-CANDIDATES}; default all of them.")
    private What[] wanted = What.values();

    @Option(
            names = "--seed",
            description = "Of everything that is drawn; default ${DEFAULT-VALUE}.",
            defaultValue = "42")
    private long seed;

    @Option(
            names = "--seconds",
            description = "How long the proxy of campaign proxy answers; default ${DEFAULT-VALUE}.",
            defaultValue = "600")
    private int seconds;

    @Option(names = "--instances", description = "Of campaign fleet; default ${DEFAULT-VALUE}.", defaultValue = "3")
    private int instances;

    @Option(
            names = "--rate",
            description = "Lookups per second of campaign fleet, all instances together; default ${DEFAULT-VALUE}.",
            defaultValue = "40")
    private double rate;

    @Option(
            names = "--stops",
            description = "Stops and starts in campaign fleet; default ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int stops;

    @Option(
            names = "--freezes",
            description = "Freezes in campaign fleet, longer than the session time-out; default ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int freezes;

    @Option(
            names = "--times",
            description = "How often instances are killed in 'restart'; default ${DEFAULT-VALUE}.",
            defaultValue = "50")
    private int times;

    @Option(names = "--nameless", description = "Instances have no names of their own in 'restart'.")
    private boolean nameless;

    @Option(
            names = "--answers",
            description = "Hostile answers in 'hostile'; default ${DEFAULT-VALUE}.",
            defaultValue = "200000")
    private int answers;

    @Option(
            names = "--records",
            description = "Hostile records in 'hostile'; default ${DEFAULT-VALUE}.",
            defaultValue = "100000")
    private int records;

    @Option(
            names = "--fleet",
            split = ",",
            description =
                    "Applications and sessions in each of campaign sweeps, one after the other; default ${DEFAULT-VALUE}.",
            defaultValue = "40x25,8x25,4x3,40x5,1x25")
    private List<String> fleets = List.of();

    @Option(
            names = "--minutes",
            description =
                    "How long campaign sweeps measures each, default 20, and campaign lies tells each, default 10.")
    private @Nullable Integer minutes;

    @Option(
            names = "--down",
            description = "Minutes without the service in campaign completeness; default ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int down;

    /** What can be tried. */
    enum What {
        fleet,
        throttling,
        outage,
        silence,
        registry,
        proxy,
        restart,
        hostile,
        sources,
        sweeps,
        completeness,
        sweepers,
        lies,
        usage,
        settling,
        alerts
    }

    public CampaignCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        boolean kept = true;
        for (What what : wanted) {
            out.printf(
                    "%n./session-events campaign %s%s --seed %d    # session-events %s, Java %s, %d cores%n",
                    what,
                    options(what),
                    seed,
                    context.version(),
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors());
            kept &= run(campaign(what), out);
        }
        return kept ? 0 : 1;
    }

    private boolean run(Campaign campaign, PrintWriter out) throws IOException, InterruptedException {
        var run = new Run(out, Files.createTempDirectory("session-events-campaign"), seed);
        run.say("data and logs in %s".formatted(run.directory()));
        Campaign.Result result = campaign.run(run);
        result.verdict().examples().forEach(violation -> run.say("violation: %s".formatted(violation)));
        out.print(result.table());
        out.flush();
        return result.verdict().kept();
    }

    /** Those that make this run another one. */
    private String options(What what) {
        return switch (what) {
            case fleet ->
                " --instances %d --rate %s --stops %d --freezes %d".formatted(instances, rate, stops, freezes);
            case proxy -> " --seconds " + seconds;
            case restart -> " --times " + times + (nameless ? " --nameless" : "");
            case sweeps -> " --fleet %s --minutes %d".formatted(String.join(",", fleets), minutes(SWEEPS));
            case completeness -> " --down " + down;
            case lies -> " --minutes " + minutes(LIES);
            case hostile -> " --answers %d --records %d".formatted(answers, records);
            default -> "";
        };
    }

    private Campaign campaign(What what) {
        return switch (what) {
            case fleet -> FleetCampaign.of(new FleetCampaign.Plan(instances, rate, stops, freezes));
            case throttling -> Campaigns.throttling(seed);
            case outage -> Campaigns.outage(Fault.RESET);
            case silence -> Campaigns.outage(Fault.SILENCE);
            case registry -> Campaigns.registry();
            case proxy -> Campaigns.proxy(200, Duration.ofSeconds(seconds), seed);
            case restart -> new RestartCampaign(!nameless, times);
            case hostile -> HostileCampaign.of(answers, records);
            case sources -> Campaigns.sources();
            case sweeps -> sweeps();
            case completeness -> Campaigns.completeness(Duration.ofMinutes(down));
            case sweepers -> SweepersCampaign.of(KILLS);
            case lies -> Campaigns.lies(Duration.ofMinutes(minutes(LIES)));
            case usage -> new UsageCampaign(UsageCampaign.Plan.LONG);
            case settling -> new SettlingCampaign(SettlingCampaign.Plan.LONG);
            case alerts -> new AlertCampaign(AlertCampaign.Plan.LONG);
        };
    }

    private Campaign sweeps() {
        try {
            return Campaigns.sweeps(fleets, Duration.ofMinutes(minutes(SWEEPS)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(requireNonNull(spec).commandLine(), "--fleet is " + e.getMessage(), e);
        }
    }

    private int minutes(int otherwise) {
        return minutes == null ? otherwise : minutes;
    }
}
