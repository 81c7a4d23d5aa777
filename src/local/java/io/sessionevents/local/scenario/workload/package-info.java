/** What is published while a scenario runs, and the books of it. */
@NullMarked
package io.sessionevents.local.scenario.workload;

import org.jspecify.annotations.NullMarked;
