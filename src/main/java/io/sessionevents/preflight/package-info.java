/** Checks, before the service starts, that everything it needs is there; every finding says how to fix it. */
@NullMarked
package io.sessionevents.preflight;

import org.jspecify.annotations.NullMarked;
