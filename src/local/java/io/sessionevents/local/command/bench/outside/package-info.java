/**
 * The service as its operator sees it: service, broker, registry and endpoint are processes of their own, figures come from the
 * operating system, from a consumer of committed events, and from what the service offers.
 */
@NullMarked
package io.sessionevents.local.command.bench.outside;

import org.jspecify.annotations.NullMarked;
