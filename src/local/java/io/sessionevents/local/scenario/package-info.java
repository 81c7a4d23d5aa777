/**
 * What goes on, what is done to it, and what came of it. Sessions are made and published by a
 * {@link io.sessionevents.local.scenario.workload.Workload}; a {@link io.sessionevents.local.scenario.workload.Load} does so all the while, and
 * {@link io.sessionevents.local.scenario.workload.HostileInput} is made of {@link io.sessionevents.local.scenario.workload.HostileRecords}.
 *
 * <p>A {@link io.sessionevents.local.scenario.Scenario} names the faults that are tried on one
 * {@link io.sessionevents.local.scenario.Testbed}, each kind an {@link io.sessionevents.local.scenario.Injector}. A
 * {@link io.sessionevents.local.scenario.Trial} runs it and ends with an {@link io.sessionevents.local.scenario.Outcome}; a
 * {@link io.sessionevents.local.scenario.Report} is made of several. A {@link io.sessionevents.local.scenario.Campaign} is a longer
 * run; most are {@link io.sessionevents.local.scenario.Trouble} around
 * {@linkplain io.sessionevents.local.scenario.OneInstance one instance}, and what is
 * {@linkplain io.sessionevents.local.scenario.Expectation expected} of it.
 */
@NullMarked
package io.sessionevents.local.scenario;

import org.jspecify.annotations.NullMarked;
