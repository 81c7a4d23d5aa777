/** Faults tried on real processes, and the judgement of what came of them; see docs/faults.md. */
@NullMarked
package io.sessionevents.local.faults;

import org.jspecify.annotations.NullMarked;
