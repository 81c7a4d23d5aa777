package io.sessionevents.calls;

/**
 * What the lookups of one source need. Nothing of it is shared with another source, so that trouble in one does not touch the others.
 *
 * @param name of the source, see {@link io.sessionevents.session.Source}
 * @param listener hears of its lookups
 */
public record LookupSource(
        String name, SessionLookup lookup, CallBudget budget, LookupLimits limits, LookupListener listener) {}
