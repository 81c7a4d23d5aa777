/**
 * The calls to AWS that this process may make, paced and in order of need. Start at {@link io.sessionevents.calls.LookupDispatcher},
 * which has a {@link io.sessionevents.calls.SourceDispatcher} for each source: it takes the session that is due from {@link
 * io.sessionevents.calls.LookupQueue}, a permit from {@link io.sessionevents.calls.CallBudget}, and puts the answer into the {@link
 * io.sessionevents.calls.TaskMailbox} of the task that asked. {@link io.sessionevents.calls.Places} is how the fleet shares its budget, {@link io.sessionevents.calls.LookupHold} when
 * nothing is looked up although it could be.
 */
@org.jspecify.annotations.NullMarked
package io.sessionevents.calls;
