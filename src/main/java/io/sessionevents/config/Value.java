package io.sessionevents.config;

/**
 * A value as it was given.
 *
 * @param source a file and a line, an environment variable, a flag, or the word default
 */
public record Value(String text, String source) {}
