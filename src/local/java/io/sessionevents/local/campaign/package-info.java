/** Long runs that try the promises of the service; their results are in docs/campaigns.md. */
@NullMarked
package io.sessionevents.local.campaign;

import org.jspecify.annotations.NullMarked;
