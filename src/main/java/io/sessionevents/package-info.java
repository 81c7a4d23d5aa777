/** The entry point and the composition root: everything is wired here, by constructors, readable from top to bottom. */
@NullMarked
package io.sessionevents;

import org.jspecify.annotations.NullMarked;
