/**
 * The page: what the API answers, shown to people. Pure: JSON goes in, HTML comes out.
 *
 * <p>{@link io.sessionevents.http.page.Pages} makes each view; {@link io.sessionevents.http.page.Node} is what a view is made of, and
 * escapes whatever is put into it; {@link io.sessionevents.http.page.PageFile} are the stylesheet and the script that go with it.
 */
@NullMarked
package io.sessionevents.http.page;

import org.jspecify.annotations.NullMarked;
