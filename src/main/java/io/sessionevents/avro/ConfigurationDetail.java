package io.sessionevents.avro;

/** What an event tells of a session's configuration overrides; AWS marks their values as sensitive. */
public enum ConfigurationDetail {
    NONE,
    /** Every value is {@code ***}. */
    REDACTED,
    FULL
}
