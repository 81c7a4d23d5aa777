package io.sessionevents.cli;

/** How events are printed. */
public enum OutputFormat {
    table,
    json
}
