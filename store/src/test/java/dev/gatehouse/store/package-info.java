/** Both databases under the same tests. */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
