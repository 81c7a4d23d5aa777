/** Checks, before the service starts, that its surroundings are ready; every finding says how to fix it. */
@NullMarked
package io.sessionevents.preflight;

import org.jspecify.annotations.NullMarked;
