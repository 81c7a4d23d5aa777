package io.sessionevents.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description =
                "Runs the service until it is interrupted. Says what is missing, and how to mend it, before it starts.")
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final ServiceRunner service;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    RunCommand(Surroundings surroundings, ServiceRunner service) {
        this.surroundings = surroundings;
        this.service = service;
    }

    @Override
    public Integer call() throws Exception {
        return service.run(configuration.loader(surroundings).load(), surroundings.interrupts());
    }
}
