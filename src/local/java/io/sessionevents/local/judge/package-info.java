/**
 * Compares what the service told with what really happened, and shares no code with it. Each promise is a
 * {@link io.sessionevents.local.judge.Guarantee}: given the {@link io.sessionevents.local.simulator.Truth} and the events it says
 * what breaks it. All of them are in one list, {@link io.sessionevents.local.judge.Promise}, by which tests, faults, campaigns and
 * the demo judge: {@link io.sessionevents.local.judge.Evidence} is all that is known of a run, and the judgement of it is a
 * {@link io.sessionevents.local.judge.Verdict} with its {@link io.sessionevents.local.judge.Row}s. Time is counted in
 * {@link io.sessionevents.local.judge.Rounds} of looks, not in seconds; usage by the {@link io.sessionevents.local.judge.UsagePlan}
 * that the service was given; {@code Matches} knows which of a session's true states an
 * event speaks of. {@link io.sessionevents.local.judge.ClusterLeftovers} looks at what is left on the broker, and
 * {@link io.sessionevents.local.judge.Standstills} at the judge itself. The consumers are in a package of their own.
 */
@NullMarked
package io.sessionevents.local.judge;

import org.jspecify.annotations.NullMarked;
