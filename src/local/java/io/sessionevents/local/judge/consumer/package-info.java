/** Consumers as downstream teams write them: not a line of the service in them. */
@NullMarked
package io.sessionevents.local.judge.consumer;

import org.jspecify.annotations.NullMarked;
