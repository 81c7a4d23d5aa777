package io.sessionevents.preflight;

/**
 * Something that keeps the service from starting.
 *
 * @param what is wrong, in one sentence
 * @param fix the command or the setting that mends it
 * @param mayPass whether it may mend itself, as a server that does not answer yet
 */
public record Finding(String what, String fix, boolean mayPass) {}
