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
                (commandLine, surroundings) -> {
                    commandLine.addSubcommand(new DemoCommand(surroundings));
                    commandLine.addSubcommand(new BenchCommand(surroundings));
                    commandLine.addSubcommand(new CampaignCommand(surroundings));
                    commandLine.addSubcommand(new FaultsCommand());
                    commandLine.addSubcommand(new SimulateCommand(surroundings));
                },
                args);
    }
}
