package io.sessionevents.history;

import java.time.Duration;

/**
 * How far reading goes.
 *
 * @param time after that it ends, wherever it is
 * @param records of the session that are kept, the youngest; at least 1
 * @param bytes of their values
 */
public record Bounds(Duration time, long records, long bytes) {}
