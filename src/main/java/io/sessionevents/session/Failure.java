package io.sessionevents.session;

/** What AWS did not answer as it was asked to, whatever the question. */
public sealed interface Failure extends Lookup, Listing, ApplicationListing
        permits Lookup.NotFound, Lookup.Refused, Lookup.Unavailable {}
