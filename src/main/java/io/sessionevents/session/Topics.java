package io.sessionevents.session;

/** Names of the topics that the service shares with others. */
public record Topics(String input, String output, String usage, String deadLetter) {}
