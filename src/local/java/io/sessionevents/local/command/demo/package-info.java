/** The demo: everything in one process, judged by the truth. */
@NullMarked
package io.sessionevents.local.command.demo;

import org.jspecify.annotations.NullMarked;
