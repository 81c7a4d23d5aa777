package io.sessionevents.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names of the topics that the service shares with others.
 *
 * @param alerting whether alerts are told; else their topic is not written to, and need not exist
 */
public record Topics(String input, String output, String usage, String alerts, boolean alerting, String deadLetter) {
    /** Those that are written to. */
    public List<String> written() {
        return Stream.concat(Stream.of(output, usage, deadLetter), alerting ? Stream.of(alerts) : Stream.empty())
                .toList();
    }
}
