/**
 * The cluster as its clients see it: how it is reached ({@link io.sessionevents.kafka.KafkaSettings}), what of Kafka's own keys is
 * refused, set in Kafka's stead or passed on, and plain clients.
 */
@NullMarked
package io.sessionevents.kafka;

import org.jspecify.annotations.NullMarked;
