/** Long runs that put the guarantees to the test; results in docs/evidence.md. */
@NullMarked
package io.sessionevents.local.command.campaign;

import org.jspecify.annotations.NullMarked;
