/** Every metric: {@link io.sessionevents.metrics.ServiceMetric} defines ours, {@link io.sessionevents.metrics.KafkaMetric} chooses Kafka's. */
@org.jspecify.annotations.NullMarked
package io.sessionevents.metrics;
