package io.sessionevents.avro;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro may do when it reads bytes from others: it may make objects of our generated classes beside those that it
 * trusts by itself, and it may allocate no more than a record can need; a few bytes of garbage can ask for two gigabytes.
 * Avro reads the limits once, before the first record.
 */
final class AvroSafety {
    private static final String PREFIX = "org.apache.avro.limits.";
    private static final String LARGEST_BYTES = Integer.toString(16 * 1024 * 1024);
    private static final String LARGEST_COLLECTION = "100000";

    static {
        allow();
    }

    private AvroSafety() {}

    /** Runs what this class does when it is loaded. */
    static void apply() {}

    private static void allow() {
        String ours = io.sessionevents.v1.SessionIdEvent.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(ours)));
        setUnlessSet("bytes.maxLength", LARGEST_BYTES);
        setUnlessSet("string.maxLength", LARGEST_BYTES);
        setUnlessSet("collectionItems.maxLength", LARGEST_COLLECTION);
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
