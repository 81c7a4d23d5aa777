/**
 * What goes on, what is done to it, and what came of it. A {@link io.sessionevents.local.scenario.Scenario} names the faults that
 * are tried on one {@link io.sessionevents.local.scenario.Testbed}; each kind is an
 * {@link io.sessionevents.local.scenario.Injector}: {@link io.sessionevents.local.scenario.StateFaults},
 * {@code InstanceFaults}, {@code SurroundingFaults}. Meanwhile sessions are published: a steady
 * {@link io.sessionevents.local.scenario.Load}, a {@link io.sessionevents.local.scenario.Population}, ids of a
 * {@link io.sessionevents.local.scenario.ForeignPublisher}, or {@link io.sessionevents.local.scenario.HostileInput} made of
 * {@link io.sessionevents.local.scenario.HostileRecords}. A {@link io.sessionevents.local.scenario.Trial} runs a scenario and ends
 * with a {@link io.sessionevents.local.scenario.Verdict}; a {@link io.sessionevents.local.scenario.Report} is made of several.
 */
@NullMarked
package io.sessionevents.local.scenario;

import org.jspecify.annotations.NullMarked;
