@NullMarked
package dev.gatehouse.forge.http;

import org.jspecify.annotations.NullMarked;
