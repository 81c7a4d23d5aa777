package io.sessionevents.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description =
                "Runs the service until it is interrupted. Says what is missing, and how to fix it, before it starts.")
final class RunCommand implements Callable<Integer> {
    private final CommandContext context;
    private final ServiceRunner service;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    RunCommand(CommandContext context, ServiceRunner service) {
        this.context = context;
        this.service = service;
    }

    @Override
    public Integer call() throws Exception {
        return service.run(configuration.loader(context).load(), context.interrupts());
    }
}
