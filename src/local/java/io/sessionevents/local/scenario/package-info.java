/**
 * What goes on, what is done to it, and what came of it. Sessions are made and published by a
 * {@link io.sessionevents.local.scenario.Workload}; a {@link io.sessionevents.local.scenario.Load} does so all the while, with one
 * record in a hundred that nobody can read, and {@link io.sessionevents.local.scenario.HostileInput} is made of
 * {@link io.sessionevents.local.scenario.HostileRecords}. A {@link io.sessionevents.local.scenario.Scenario} names the faults that
 * are tried on one {@link io.sessionevents.local.scenario.Testbed}; each kind is an
 * {@link io.sessionevents.local.scenario.Injector}: {@link io.sessionevents.local.scenario.StateFaults},
 * {@code InstanceFaults}, {@code SurroundingFaults}. A {@link io.sessionevents.local.scenario.Trial} runs it and ends with an
 * {@link io.sessionevents.local.scenario.Outcome}; a {@link io.sessionevents.local.scenario.Report} is made of several.
 */
@NullMarked
package io.sessionevents.local.scenario;

import org.jspecify.annotations.NullMarked;
