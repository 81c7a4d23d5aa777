package io.sessionevents.local.scenario;

import io.sessionevents.local.simulator.AwsAccount;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalSources;

/** Trouble that one of several sources is in; in this order, for one that was throttled takes a while to come back. */
public enum SourceTrouble {
    /** The role is taken back: STS does not give it any more, and what it gave is refused. */
    REFUSED(LocalSources.WEST.source(), "with refused credentials"),
    SILENT(SessionKey.DEFAULT_SOURCE, "silent"),
    THROTTLED(LocalSources.EUROPE.source(), "throttling everything");

    private final String source;
    private final String what;

    SourceTrouble(String source, String what) {
        this.source = source;
        this.what = what;
    }

    /** Name of the source that is in it. */
    public String source() {
        return source;
    }

    /** For people. */
    public String what() {
        return source + " " + what;
    }

    /** From now on. */
    public void begin(SourcesWorld world) {
        if (this == REFUSED) {
            world.accounts().sts().refuse(role(world));
        }
        world.source(source).emr().behave(Faults.always(fault()));
    }

    /** Until now. */
    public void end(SourcesWorld world) {
        world.source(source).emr().behave(Faults.NONE);
        if (this == REFUSED) {
            world.accounts().sts().forgive(role(world));
        }
    }

    private String role(SourcesWorld world) {
        AwsAccount account = world.source(source).emr().account();
        return LocalSources.role(account);
    }

    private Fault fault() {
        return switch (this) {
            case REFUSED -> Fault.EXPIRED_CREDENTIALS;
            case SILENT -> Fault.SILENCE;
            case THROTTLED -> Fault.THROTTLED;
        };
    }
}
