/**
 * All that the service runs on, on loopback. A {@link io.sessionevents.local.testbed.Kafka} is one
 * {@linkplain io.sessionevents.local.testbed.EmbeddedKafka broker in this process}, one that
 * {@linkplain io.sessionevents.local.testbed.SecuredKafka asks who is there}, or
 * {@linkplain io.sessionevents.local.testbed.KafkaCluster three in three processes}; a
 * {@link io.sessionevents.local.testbed.LocalRegistry} speaks Confluent's protocol. Together with the simulated AWS they are the
 * {@link io.sessionevents.local.testbed.LocalEnvironment}, which also knows the settings that lead a service there. The service
 * itself is a {@link io.sessionevents.local.testbed.RunningService} in this process, or a
 * {@link io.sessionevents.local.testbed.Fleet} of instances, each of them a
 * {@link io.sessionevents.local.testbed.ChildProcess} of a distribution.
 */
@NullMarked
package io.sessionevents.local.testbed;

import org.jspecify.annotations.NullMarked;
