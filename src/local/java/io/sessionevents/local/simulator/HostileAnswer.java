package io.sessionevents.local.simulator;

import java.util.Map;

/**
 * One answer to a lookup.
 *
 * @param kind what is special about it, for people
 * @param honest whether it tells the state of the session and must count as a look; else it must say nothing
 */
public record HostileAnswer(String kind, boolean honest, int status, Map<String, String> headers, String body) {
    public HostileAnswer {
        headers = Map.copyOf(headers);
    }
}
