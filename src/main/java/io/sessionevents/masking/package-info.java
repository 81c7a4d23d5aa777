/** Decides what may be shown of values that hold secrets. Every package may know it; it knows none. */
@NullMarked
package io.sessionevents.masking;

import org.jspecify.annotations.NullMarked;
