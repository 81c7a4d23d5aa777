/** Health, metrics and the read-only API over HTTP; knows ports, statistics and the domain only. */
@NullMarked
package io.sessionevents.http;

import org.jspecify.annotations.NullMarked;
