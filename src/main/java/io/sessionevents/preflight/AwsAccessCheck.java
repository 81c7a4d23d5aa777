package io.sessionevents.preflight;

import io.sessionevents.emr.AwsCheck;
import io.sessionevents.emr.AwsRegions;
import io.sessionevents.emr.EmrSettings;
import java.util.List;

/** Whether there are a Region, credentials and a way to AWS; calls no operation of EMR Serverless. */
public record AwsAccessCheck(EmrSettings settings) implements PreflightCheck {
    private static final String NAME = "aws";

    /** Credentials may come and the network may; so all that is found may pass. */
    @Override
    public List<CheckOutcome> outcomes() {
        List<Finding> findings = AwsCheck.problems(settings).stream()
                .map(problem -> Finding.mayPass("AWS: " + problem + ".", ""))
                .toList();
        return List.of(
                findings.isEmpty()
                        ? CheckOutcome.ok(
                                NAME,
                                "Region " + AwsRegions.resolve(settings).orElse("?")
                                        + ", credentials and a way to the endpoint"
                                        + AwsCheck.proxy(settings)
                                                .map(proxy -> " (through " + proxy + ")")
                                                .orElse("")
                                        + " are there")
                        : new CheckOutcome(NAME, "", findings));
    }
}
