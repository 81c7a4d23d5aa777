package io.sessionevents.session;

import java.time.Instant;

/**
 * A record of the input topic that cannot be read yet.
 *
 * @param since when it was first tried
 */
public record WaitingInput(InputRecord input, Instant since) {}
