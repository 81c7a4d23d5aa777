@NullMarked
package io.sessionevents.session;

import org.jspecify.annotations.NullMarked;
