/** Benchmarks of the running service; they print their command, the machine and the spread. */
@NullMarked
package io.sessionevents.local.command.bench;

import org.jspecify.annotations.NullMarked;
