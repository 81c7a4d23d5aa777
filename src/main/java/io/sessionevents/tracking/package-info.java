/**
 * The Streams topology, the tracker, the dispatcher and the store. The StreamThread alone touches the store and
 * forwards; lookups run on virtual threads; the two meet in a {@link io.sessionevents.calls.TaskMailbox}.
 */
@NullMarked
package io.sessionevents.tracking;

import org.jspecify.annotations.NullMarked;
