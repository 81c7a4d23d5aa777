package io.sessionevents.avro;

/**
 * Bounds what Avro allocates for a length that it reads from a record: without this, a few bytes of garbage can ask for
 * two gigabytes. Avro reads these properties once, before the first record.
 */
final class AvroLimits {
    private static final String PREFIX = "org.apache.avro.limits.";
    private static final String LARGEST_BYTES = Integer.toString(16 * 1024 * 1024);
    private static final String LARGEST_COLLECTION = "100000";

    private AvroLimits() {}

    static void apply() {
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
