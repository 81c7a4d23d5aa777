package io.sessionevents.preflight;

import java.util.List;

/**
 * What one check came to.
 *
 * @param check its name
 * @param seen what was found, for people; empty if the findings say it all
 * @param findings what is wrong; empty if nothing is
 */
public record CheckOutcome(String check, String seen, List<Finding> findings) {
    public CheckOutcome {
        findings = List.copyOf(findings);
    }

    static CheckOutcome ok(String check, String seen) {
        return new CheckOutcome(check, seen, List.of());
    }

    static CheckOutcome of(String check, Finding finding) {
        return new CheckOutcome(check, "", List.of(finding));
    }

    /** Whether the service can start as far as this check is concerned; warnings do not count. */
    public boolean ok() {
        return findings.stream().noneMatch(Finding::keepsFromStarting);
    }
}
