/** Health and metrics over HTTP; knows ports only. */
@NullMarked
package io.sessionevents.http;

import org.jspecify.annotations.NullMarked;
