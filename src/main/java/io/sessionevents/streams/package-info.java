/**
 * Kafka Streams itself: its settings and clients, and what it does not do by itself. {@link
 * io.sessionevents.streams.FencedProducer} fences every transaction by the consumer group, {@link
 * io.sessionevents.streams.MembershipProof} proves that this process is in the group, {@link io.sessionevents.streams.InstanceName}
 * is by which the group knows it again after a restart.
 */
@org.jspecify.annotations.NullMarked
package io.sessionevents.streams;
