/**
 * Broker, registry and AWS for the demo, the tests and the campaigns; never in production. Five rooms, from the top; each may use
 * those below it:
 *
 * <ul>
 *   <li>{@code command}: what {@code ./session-events} offers in a checkout: lists of scenarios, and a printer;
 *   <li>{@code scenario}: what goes on, what is done to it, and the verdict;
 *   <li>{@code testbed}: what the service runs on, and the service itself, in this process or in others;
 *   <li>{@code judge}: the guarantees and a consumer; not a line of the service is in it, nor in what it uses;
 *   <li>{@code simulator}: EMR Serverless, and the truth about it.
 * </ul>
 *
 * <p>All of them wait by {@link io.sessionevents.local.Poll}.
 */
@NullMarked
package io.sessionevents.local;

import org.jspecify.annotations.NullMarked;
