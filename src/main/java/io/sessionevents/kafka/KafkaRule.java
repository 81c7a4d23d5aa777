package io.sessionevents.kafka;

import java.util.function.Predicate;

/**
 * What may not be set freely in a key of Kafka, because a guarantee depends on it.
 *
 * @param key as Kafka names it; with {@code topic.} for a setting of the internal topics
 * @param anyClient whether it holds for the key without a client's prefix too; else only with one
 * @param expected what is taken, in words; empty if nothing is
 * @param taken whether a value is taken
 * @param reason why others are not
 */
record KafkaRule(String key, boolean anyClient, String expected, Predicate<String> taken, String reason) {

    /** Whether it speaks of that key. */
    boolean concerns(KafkaKey other) {
        String name = other.scope() == KafkaKey.Scope.TOPIC ? other.scope().prefix + other.name() : other.name();
        boolean same = key.endsWith("*") ? name.startsWith(key.substring(0, key.length() - 1)) : name.equals(key);
        return same && other.scope() != KafkaKey.Scope.CLIENT_TAG && (anyClient || other.scope() != KafkaKey.Scope.ANY);
    }
}
