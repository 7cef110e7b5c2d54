@NullMarked
package dev.gatehouse.forge.page;

import org.jspecify.annotations.NullMarked;
