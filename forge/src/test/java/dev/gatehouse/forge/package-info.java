@NullMarked
package dev.gatehouse.forge;

import org.jspecify.annotations.NullMarked;
