/** The AWS side: the generated client, its decoration with retries and a circuit breaker, the one classifier of errors. */
@NullMarked
package io.sessionevents.emr;

import org.jspecify.annotations.NullMarked;
