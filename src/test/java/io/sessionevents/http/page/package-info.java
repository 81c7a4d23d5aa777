@NullMarked
package io.sessionevents.http.page;

import org.jspecify.annotations.NullMarked;
