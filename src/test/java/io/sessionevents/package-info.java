@NullMarked
package io.sessionevents;

import org.jspecify.annotations.NullMarked;
