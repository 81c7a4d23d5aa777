@NullMarked
package io.sessionevents.it;

import org.jspecify.annotations.NullMarked;
