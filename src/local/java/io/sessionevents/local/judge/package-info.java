/**
 * Compares what the service told with what really happened, and shares no code with it. A
 * {@link io.sessionevents.local.judge.consumer.ChangeReader} reads the events as a downstream team would, a
 * {@link io.sessionevents.local.judge.consumer.Watch} does so all the time; each becomes an
 * {@link io.sessionevents.local.judge.consumer.ObservedChange}. Each promise is a {@link io.sessionevents.local.judge.Guarantee}: given the
 * {@link io.sessionevents.local.simulator.Truth} and the events it says what breaks it. Which of a session's true states an event
 * speaks of is told by {@code Matches}, and time is counted in {@link io.sessionevents.local.judge.Rounds} of looks, not in
 * seconds. {@link io.sessionevents.local.judge.Evidence} is all that is known of a run; the judgement of it is a
 * {@link io.sessionevents.local.judge.Verdict}, by the one list of what is promised, {@link io.sessionevents.local.judge.Promise}. {@link io.sessionevents.local.judge.ClusterLeftovers} and
 * {@link io.sessionevents.local.judge.consumer.DeadLetters} look at what is left on the broker.
 */
@NullMarked
package io.sessionevents.local.judge;

import org.jspecify.annotations.NullMarked;
