package io.sessionevents.local.command.simulate;

import io.sessionevents.Main;

/** Entry point of the simulator's image, which has the class path of the product and no broker. */
final class SimulatorMain {
    private SimulatorMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... args) {
        Main.main((commandLine, context) -> commandLine.addSubcommand(new SimulateCommand(context)), args);
    }
}
