/**
 * Consumers as downstream teams write them: not a line of the service in them. A
 * {@link io.sessionevents.local.judge.consumer.ChangeReader} reads the events by generic Avro and the registry, a
 * {@link io.sessionevents.local.judge.consumer.Watch} does so all the time and notes when each one came; each becomes an
 * {@link io.sessionevents.local.judge.consumer.ObservedChange}, or an
 * {@link io.sessionevents.local.judge.consumer.ObservedUsage} where usage is read. Together with the
 * {@link io.sessionevents.local.judge.consumer.DeadLetters} they are what the service
 * {@linkplain io.sessionevents.local.judge.consumer.Told told}.
 */
@NullMarked
package io.sessionevents.local.judge.consumer;

import org.jspecify.annotations.NullMarked;
