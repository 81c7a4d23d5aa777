package io.sessionevents.http.page;

/** What an element may be made of. */
sealed interface Content permits Attribute, Node {}
