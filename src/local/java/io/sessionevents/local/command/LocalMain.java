package io.sessionevents.local.command;

import io.sessionevents.Main;
import io.sessionevents.cli.CommandContext;
import io.sessionevents.local.command.bench.BenchCommand;
import io.sessionevents.local.command.campaign.CampaignCommand;
import io.sessionevents.local.command.demo.DemoCommand;
import io.sessionevents.local.command.faults.FaultsCommand;
import io.sessionevents.local.command.simulate.SimulateCommand;
import picocli.CommandLine;

/** Entry point of a checkout: the product's commands, and those of the local environment. */
public final class LocalMain {
    private LocalMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... args) {
        Main.main(LocalMain::add, args);
    }

    /** Adds the commands of the local environment. */
    public static void add(CommandLine commandLine, CommandContext context) {
        commandLine.addSubcommand(new DemoCommand(context));
        commandLine.addSubcommand(new BenchCommand(context));
        commandLine.addSubcommand(new CampaignCommand(context));
        commandLine.addSubcommand(new FaultsCommand());
        commandLine.addSubcommand(new SimulateCommand(context));
    }
}
