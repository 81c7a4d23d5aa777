@NullMarked
package io.sessionevents.emr;

import org.jspecify.annotations.NullMarked;
