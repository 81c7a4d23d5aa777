/**
 * EMR Serverless over real HTTP, and the truth about it. {@link io.sessionevents.local.simulator.SimulatedEmrServerless} answers;
 * {@link io.sessionevents.local.simulator.SessionFactory} makes the sessions, each a
 * {@link io.sessionevents.local.simulator.SimulatedSession} that lives by its script, a list of
 * {@link io.sessionevents.local.simulator.Phase}s. Each endpoint is one {@link io.sessionevents.local.simulator.AwsAccount} in one
 * Region; roles to call it with are assumed at {@link io.sessionevents.local.simulator.SimulatedSts}, which shares the
 * {@link io.sessionevents.local.simulator.AccessKeys} with all of them. What goes wrong with a request is drawn by
 * {@link io.sessionevents.local.simulator.Faults}: a {@link io.sessionevents.local.simulator.Fault}, or one of the
 * {@link io.sessionevents.local.simulator.HostileAnswers}. In the end there is the
 * {@link io.sessionevents.local.simulator.Truth}: every state of every session, and what each request was answered. It knows
 * nothing of the service.
 */
@NullMarked
package io.sessionevents.local.simulator;

import org.jspecify.annotations.NullMarked;
