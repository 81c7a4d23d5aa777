package io.sessionevents.health;

import java.util.List;

/**
 * One task of Kafka Streams.
 *
 * @param partitions topic and number, separated by a hyphen
 */
public record AssignedTask(String id, boolean active, List<String> partitions) {}
