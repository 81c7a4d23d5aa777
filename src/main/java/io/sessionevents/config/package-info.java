/** Validated configuration and its documentation. Knows nothing else of the service but what to mask. */
@NullMarked
package io.sessionevents.config;

import org.jspecify.annotations.NullMarked;
