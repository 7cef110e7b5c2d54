@NullMarked
package dev.gatehouse.spool;

import org.jspecify.annotations.NullMarked;
