@NullMarked
package io.sessionevents.local.emr;

import org.jspecify.annotations.NullMarked;
