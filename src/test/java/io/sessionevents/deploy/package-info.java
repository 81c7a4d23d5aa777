@NullMarked
package io.sessionevents.deploy;

import org.jspecify.annotations.NullMarked;
