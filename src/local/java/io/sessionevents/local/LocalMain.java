package io.sessionevents.local;

import io.sessionevents.Main;
import io.sessionevents.local.bench.BenchCommand;
import io.sessionevents.local.campaign.CampaignCommand;
import io.sessionevents.local.demo.DemoCommand;
import io.sessionevents.local.faults.FaultsCommand;
import io.sessionevents.local.simulator.SimulateCommand;

/** Entry point of a checkout: the product's commands, and those of the local environment. */
public final class LocalMain {
    private LocalMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... args) {
        Main.main(
                (commandLine, context) -> {
                    commandLine.addSubcommand(new DemoCommand(context));
                    commandLine.addSubcommand(new BenchCommand(context));
                    commandLine.addSubcommand(new CampaignCommand(context));
                    commandLine.addSubcommand(new FaultsCommand());
                    commandLine.addSubcommand(new SimulateCommand(context));
                },
                args);
    }
}
