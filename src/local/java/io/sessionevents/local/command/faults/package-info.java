/** Faults tried on real processes, and the judgement of what came of them; see docs/evidence.md. */
@NullMarked
package io.sessionevents.local.command.faults;

import org.jspecify.annotations.NullMarked;
