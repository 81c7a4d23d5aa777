/** Input that is not as it should be, and what must become of it. */
@NullMarked
package io.sessionevents.local.hostile;

import org.jspecify.annotations.NullMarked;
