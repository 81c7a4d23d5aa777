/** The local environment: broker, registry and AWS for the demo, the tests and the benchmarks; never in production. */
@NullMarked
package io.sessionevents.local;

import org.jspecify.annotations.NullMarked;
